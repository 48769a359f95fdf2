using DqnAspire.Agents.Settings;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// A PyTorch notebook for Breakout: one frame a step, one frame a state. The original saw a running reward of 1.0 after 10
/// episodes (6,499 frames) and 1.05 after 20 (13,280).
/// </summary>
internal static class BreakoutSingleFrame
{
    public static TrainingSettings Create() => new DqnSettings
    {
        Preset = "breakout-single-frame",
        Run = new RunSection { Seed = 42, MaxEpisodes = 200, GoalReturn = 20 },
        Environment = AtariGames.Environment("Breakout", "NoFrameskip-v4", "breakout-single-frame", standIn: "Bricks"),
        Network = new NetworkSection { Kind = NetworkKind.SingleFrame },
        Agent = new DqnAgentSection { Gamma = 0.99, Loss = LossKind.Huber, UpdatePeriod = 4 },
        Optimizer = new OptimizerSection { Kind = OptimizerKind.Adam, LearningRate = 2.5e-4 },
        Target = new TargetSection { Period = 10_000, Unit = TargetUnit.Steps },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.1, DecaySteps = 100_000 },
        // Training begins when there is more than a batch.
        Replay = new ReplaySection { Capacity = 500_000, BatchSize = 64, StartSize = 65, Sampling = SamplingKind.WithoutReplacement },
        Validation = new ValidationSection(),
    };
}
