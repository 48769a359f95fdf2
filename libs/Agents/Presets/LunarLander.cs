using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>Our own recipe for LunarLander: PQN on 64 lanes, until the last 100 training episodes average above 262.</summary>
internal static class LunarLander
{
    public static TrainingSettings Create() => new PqnSettings
    {
        Preset = "lunarlander",
        Run = new RunSection { MaxSteps = 10_000_000, GoalReturn = 262, FinalEvaluationEpisodes = 100, CheckpointPeriod = 500_000 },
        Environment = new EnvironmentSection { Id = "LunarLander-v3", Lanes = 64 },
        Network = new NetworkSection { Kind = NetworkKind.Dense, HiddenUnits = 128, HiddenLayers = 2, LayerNorm = true },
        Agent = new PqnAgentSection { Gamma = 0.995, Lambda = 0.9, RolloutSteps = 32, MiniBatches = 8, Epochs = 4 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.RAdam,
            LearningRate = 1e-3,
            FinalLearningRate = 5e-5,
            DecayUpdates = 10_000,
            Clipping = ClippingKind.GlobalNorm,
            ClippingLimit = 10,
        },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.02, DecaySteps = 300_000 },
    };
}
