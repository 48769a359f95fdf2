using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// A PyTorch blog post about Breakout: the playing field alone, the target network chooses the actions, and the bootstrap is
/// never masked.
/// </summary>
internal static class BreakoutCropped
{
    public static TrainingSettings Create() => new DqnSettings
    {
        Preset = "breakout-cropped",
        Run = new RunSection { GoalReturn = 40 },
        Environment = AtariGames.Environment("Breakout", "Deterministic-v4", "breakout-cropped", standIn: "Bricks"),
        Network = new NetworkSection { Kind = NetworkKind.Nature, Stack = 4, StackPadding = StackPadding.Repeat },
        Agent = new DqnAgentSection
        {
            Gamma = 0.99,
            Loss = LossKind.SquaredError,
            UpdatePeriod = 10,
            BootstrapOnTerminal = true,
            ActWithTarget = true,
        },
        Optimizer = new OptimizerSection { Kind = OptimizerKind.RmsProp, LearningRate = 1e-4, Smoothing = 0.99 },
        Target = new TargetSection { Period = 10_000, Unit = TargetUnit.Steps },
        // Lowered by 1e-7 a step.
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.1, DecaySteps = 9_000_000 },
        Replay = new ReplaySection { Capacity = 10_000, BatchSize = 32, StartSize = 10_000, Sampling = SamplingKind.WithoutReplacement },
        Validation = new ValidationSection(),
    };
}
