using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Replay;
using DqnAspire.NeuralNetworks.Inputs;

namespace DqnAspire.Agents.Presets;

/// <summary>keras.io's "Deep Q-Learning for Atari Breakout". Good results are claimed for around 10 million frames.</summary>
internal static class BreakoutKeras
{
    public static TrainingSettings Create() => new DqnSettings
    {
        Preset = "breakout-keras",
        Run = new RunSection { Seed = 42, MaxEpisodes = 10, GoalReturn = 40 },
        Environment = AtariGames.Environment("Breakout", "NoFrameskip-v4", "breakout-keras", standIn: "Bricks"),
        Network = new NetworkSection
        {
            Kind = NetworkKind.Nature,
            Stack = 4,
            StackPadding = StackPadding.Repeat,
            PixelScaling = InputScaling.Raw,
        },
        // A terminal transition's label is (r + gamma max Q) * 0 - 1.
        Agent = new DqnAgentSection { Gamma = 0.99, Loss = LossKind.Huber, UpdatePeriod = 4, TerminalPenalty = 1 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.KerasAdam,
            LearningRate = 2.5e-4,
            Epsilon = 1e-7,
            Clipping = ClippingKind.TensorNorm,
            ClippingLimit = 1.0,
        },
        Target = new TargetSection { Period = 10_000, Unit = TargetUnit.Steps },
        // Epsilon falls from the first step on, also while every action is random.
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.1, DecaySteps = 1_000_000, RandomSteps = 50_000 },
        Replay = new ReplaySection { Capacity = 100_000, BatchSize = 32, StartSize = 33, Sampling = SamplingKind.WithReplacement },
        Validation = new ValidationSection(),
    };
}
