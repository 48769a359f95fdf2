using DqnAspire.Agents.Settings;
using DqnAspire.Replay;

namespace DqnAspire.Agents.Presets;

/// <summary>Our own recipe for Bricks, the bundled game after Breakout: PQN on 32 lanes with the network of Mnih et al. 2013.</summary>
internal static class Bricks
{
    private const string Version = "NoFrameskip-v4";
    private const string Preprocessing = "nature";
    private const int Lanes = 32;

    public static RunSettings Create() => Create("bricks", AtariGames.Environment("Bricks", Version, Preprocessing, lanes: Lanes));

    /// <summary>The same for owners of the cartridge of Breakout.</summary>
    public static RunSettings CreateBreakout() =>
        Create("breakout", AtariGames.Environment("Breakout", Version, Preprocessing, standIn: "Bricks", Lanes));

    private static PqnSettings Create(string preset, EnvironmentSection environment) => new()
    {
        Preset = preset,
        Run = new RunSection { GoalReturn = 40, MaxSteps = 20_000_000, FinalEvaluationEpisodes = 100, CheckpointPeriod = 200_000 },
        Environment = environment,
        Network = new NetworkSection { Kind = NetworkKind.Nips, Stack = 4, StackPadding = StackPadding.Zero, LayerNorm = true },
        Agent = new PqnAgentSection { Gamma = 0.99, Lambda = 0.65, RolloutSteps = 32, MiniBatches = 8, Epochs = 2 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.RAdam,
            LearningRate = 5e-4,
            Clipping = ClippingKind.GlobalNorm,
            ClippingLimit = 10,
        },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.01, DecaySteps = 300_000 },
    };
}
