using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>Our own recipe for LunarLander: solved means that 100 greedy episodes in a row average above 220.</summary>
internal static class LunarLander
{
    public static RunSettings Create() => new DqnSettings
    {
        Preset = "lunarlander",
        Run = new RunSection { MaxSteps = 2_000_000, GoalReturn = 220, FinalEvaluationEpisodes = 100, CheckpointPeriod = 50_000 },
        Environment = new EnvironmentSection { Id = "LunarLander-v3", Lanes = 8 },
        Network = new NetworkSection { Kind = NetworkKind.Dense, HiddenUnits = 128, HiddenLayers = 2 },
        Agent = new DqnAgentSection { Gamma = 0.99, Loss = LossKind.Huber, DoubleQ = true, ReturnSteps = 3, UpdatePeriod = 8, UpdatesPerPeriod = 4 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.Adam,
            LearningRate = 5e-4,
            FinalLearningRate = 5e-5,
            DecayUpdates = 200_000,
            Clipping = ClippingKind.GlobalNorm,
            ClippingLimit = 10,
        },
        Target = new TargetSection { Period = 500, Unit = TargetUnit.Updates },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.02, DecaySteps = 50_000 },
        Replay = new ReplaySection { Capacity = 200_000, BatchSize = 64, StartSize = 5000, Sampling = SamplingKind.WithReplacement },
        Validation = new ValidationSection { EveryEpisodes = 20, ConfirmationEpisodes = 100 },
    };
}
