using DqnAspire.Agents.Settings;
using DqnAspire.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>Our own recipe for Volley, the bundled game after Pong: PQN on 32 lanes with the network of Mnih et al. 2013.</summary>
internal static class Volley
{
    private const string Version = "NoFrameskip-v4";
    private const string Preprocessing = "nature";
    private const int Lanes = 32;

    public static RunSettings Create() => Create("volley", AtariGames.Environment("Volley", Version, Preprocessing, lanes: Lanes));

    /// <summary>The same for owners of the cartridge of Pong.</summary>
    public static RunSettings CreatePong() =>
        Create("pong", AtariGames.Environment("Pong", Version, Preprocessing, standIn: "Volley", Lanes));

    private static PqnSettings Create(string preset, EnvironmentSection environment) => new()
    {
        Preset = preset,
        Run = new RunSection { GoalReturn = 19, MaxSteps = 10_000_000, FinalEvaluationEpisodes = 100, CheckpointPeriod = 200_000 },
        Environment = environment,
        Network = new NetworkSection { Kind = NetworkKind.Nips, Stack = 4, StackPadding = StackPadding.Zero, LayerNorm = true },
        Agent = new PqnAgentSection { Gamma = 0.99, Lambda = 0.65, RolloutSteps = 32, MiniBatches = 8, Epochs = 2 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.RAdam,
            LearningRate = 5e-4,
            FinalLearningRate = 2e-5,
            DecayUpdates = 24_000,
            Clipping = ClippingKind.GlobalNorm,
            ClippingLimit = 10,
        },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.01, DecaySteps = 200_000 },
    };
}
