using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// Mnih et al. 2015, Extended Data Table 1. The table counts exploration in frames, of which an agent step has four; the
/// replay's size and start are transitions, the target network's period is updates.
/// </summary>
internal static class Nature
{
    /// <summary>Emulator frames of an agent step.</summary>
    private const int FramesPerStep = 4;

    private const int FramesPerMinute = 60 * 60;

    public static TrainingSettings Create() => new DqnSettings
    {
        Preset = "nature",
        Run = new RunSection
        {
            GoalReturn = 400,
            MaxSteps = 200_000_000 / FramesPerStep,
            FinalEvaluationEpisodes = 30,
            FinalEvaluationEpsilon = 0.05,
            FinalEvaluationMaxFrames = 5 * FramesPerMinute,
        },
        Environment = AtariGames.Environment("Breakout", "NoFrameskip-v4", "nature", standIn: "Bricks"),
        Network = new NetworkSection { Kind = NetworkKind.Nature, Stack = 4, StackPadding = StackPadding.Zero },
        Agent = new DqnAgentSection { Gamma = 0.99, Loss = LossKind.Huber, UpdatePeriod = 4 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.CentredRmsProp,
            LearningRate = 2.5e-4,
            Smoothing = 0.95,
            Momentum = 0.95,
            Epsilon = 0.01,
        },
        Target = new TargetSection { Period = 10_000, Unit = TargetUnit.Updates },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.1, DecaySteps = 1_000_000 / FramesPerStep },
        Replay = new ReplaySection { Capacity = 1_000_000, BatchSize = 32, StartSize = 50_000, Sampling = SamplingKind.WithReplacement },
        Validation = new ValidationSection(),
    };
}
