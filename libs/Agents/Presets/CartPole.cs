using DqnAspire.Agents.Settings;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>Our own recipe for CartPole: solved means that 100 greedy episodes in a row average above 475.</summary>
internal static class CartPole
{
    public static TrainingSettings Create() => new DqnSettings
    {
        Preset = "cartpole",
        Run = new RunSection { MaxSteps = 500_000, GoalReturn = 475, FinalEvaluationEpisodes = 100, CheckpointPeriod = 20_000 },
        Environment = new EnvironmentSection { Id = "CartPole-v1", Lanes = 8 },
        Network = new NetworkSection { Kind = NetworkKind.Dense, HiddenUnits = 64, HiddenLayers = 2 },
        Agent = new DqnAgentSection { Gamma = 0.99, Loss = LossKind.Huber, DoubleQ = true, ReturnSteps = 3, UpdatePeriod = 8, UpdatesPerPeriod = 4 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.Adam,
            LearningRate = 1e-3,
            FinalLearningRate = 1e-4,
            DecayUpdates = 20_000,
            Clipping = ClippingKind.GlobalNorm,
            ClippingLimit = 10,
        },
        Target = new TargetSection { Period = 200, Unit = TargetUnit.Updates },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.02, DecaySteps = 10_000 },
        Replay = new ReplaySection { Capacity = 50_000, BatchSize = 64, StartSize = 1000, Sampling = SamplingKind.WithReplacement },
        Validation = new ValidationSection { EveryEpisodes = 10, ConfirmationEpisodes = 100 },
    };
}
