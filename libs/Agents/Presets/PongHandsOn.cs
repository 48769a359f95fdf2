using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// Lapan, Deep Reinforcement Learning Hands-On, chapter 6, second half. The original solved Pong at step 1,116,437, in about
/// two hours on a GTX 1080 Ti.
/// </summary>
internal static class PongHandsOn
{
    public static TrainingSettings Create() => new DqnSettings
    {
        Preset = "pong-handson",
        Run = new RunSection { GoalReturn = 19, FinalEvaluationEpisodes = 1 },
        Environment = AtariGames.Environment("Pong", "NoFrameskip-v4", "pong-handson", standIn: "Volley"),
        Network = new NetworkSection { Kind = NetworkKind.Nature, Stack = 4, StackPadding = StackPadding.Zero },
        Agent = new DqnAgentSection { Gamma = 0.99, Loss = LossKind.SquaredError, BootstrapOnTruncation = false },
        Optimizer = new OptimizerSection { Kind = OptimizerKind.Adam, LearningRate = 1e-4 },
        Target = new TargetSection { Period = 1000, Unit = TargetUnit.Steps },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.01, DecaySteps = 148_500 },
        Replay = new ReplaySection { Capacity = 10_000, BatchSize = 32, StartSize = 10_000, Sampling = SamplingKind.WithoutReplacement },
        Validation = new ValidationSection(),
    };
}
