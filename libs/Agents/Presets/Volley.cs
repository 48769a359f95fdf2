using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>Our own recipe for Volley, the bundled game after Pong: PQN on 32 lanes with the network of Mnih et al. 2013.</summary>
internal static class Volley
{
    public static RunSettings Create() => new PqnSettings
    {
        Preset = "volley",
        Run = new RunSection { GoalReturn = 20, MaxSteps = 10_000_000, FinalEvaluationEpisodes = 100, CheckpointPeriod = 200_000 },
        Environment = Lanes(AtariGames.Environment("Volley", "NoFrameskip-v4", "nature"), 32),
        Network = new NetworkSection { Kind = NetworkKind.Nips, Stack = 4, LayerNorm = true },
        Agent = new PqnAgentSection { Gamma = 0.99, Lambda = 0.65, RolloutSteps = 32, MiniBatches = 8, Epochs = 2 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.RAdam,
            LearningRate = 5e-4,
            Clipping = ClippingKind.GlobalNorm,
            ClippingLimit = 10,
        },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.01, DecaySteps = 200_000 },
    };

    private static EnvironmentSection Lanes(EnvironmentSection environment, int lanes)
    {
        environment.Lanes = lanes;
        return environment;
    }
}
