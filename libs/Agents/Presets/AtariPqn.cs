using DqnAspire.Agents.Settings;
using DqnAspire.Core;

namespace DqnAspire.Agents.Presets;

/// <summary>Our own recipe for Atari games on a processor: PQN on 32 lanes with the network of Mnih et al. 2013.</summary>
internal static class AtariPqn
{
    private const string Version = "NoFrameskip-v4";
    private const string Preprocessing = "nature";
    private const int Lanes = 32;

    /// <summary>Agent steps to an update: 32 steps of 32 lanes are gone through twice, in 8 parts each time.</summary>
    private const int StepsPerUpdate = 64;

    /// <summary>The bundled game after Pong, to nearly the best score there is.</summary>
    public static TrainingSettings Volley() => AfterPong("volley", BundledGame("Volley"));

    /// <summary>The same for owners of the cartridge of Pong.</summary>
    public static TrainingSettings Pong() => AfterPong("pong", CommercialGame("Pong", "Volley"));

    /// <summary>The bundled game after Breakout, until nearly every game clears the first wall.</summary>
    public static TrainingSettings Bricks() => AfterBreakout("bricks", BundledGame("Bricks"));

    /// <summary>The same for owners of the cartridge of Breakout.</summary>
    public static TrainingSettings Breakout() => AfterBreakout("breakout", CommercialGame("Breakout", "Bricks"));

    private static EnvironmentSection BundledGame(string game) => AtariGames.Environment(game, Version, Preprocessing, lanes: Lanes);

    private static EnvironmentSection CommercialGame(string game, string standIn) =>
        AtariGames.Environment(game, Version, Preprocessing, standIn, Lanes);

    private static PqnSettings AfterPong(string preset, EnvironmentSection environment) => Create(
        preset,
        environment,
        new RunSection { GoalReturn = 19, MaxSteps = 10_000_000, FinalEvaluationEpisodes = 100, CheckpointPeriod = 200_000 },
        explorationSteps: 200_000,
        decaySteps: 1_536_000);

    private static PqnSettings AfterBreakout(string preset, EnvironmentSection environment) => Create(
        preset,
        environment,
        new RunSection
        {
            GoalReturn = 400,
            MaxSteps = 20_000_000,
            FinalEvaluationEpisodes = 100,
            // As in training: without chance the ball may find a path on which it meets no brick for ever.
            FinalEvaluationEpsilon = 0.01,
            CheckpointPeriod = 200_000,
        },
        explorationSteps: 300_000,
        decaySteps: 2_560_000);

    private static PqnSettings Create(string preset, EnvironmentSection environment, RunSection run, long explorationSteps, long decaySteps) => new()
    {
        Preset = preset,
        Run = run,
        Environment = environment,
        Network = new NetworkSection { Kind = NetworkKind.Nips, Stack = 4, StackPadding = StackPadding.Zero, LayerNorm = true },
        Agent = new PqnAgentSection { Gamma = 0.99, Lambda = 0.65, RolloutSteps = 32, MiniBatches = 8, Epochs = 2 },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.RAdam,
            LearningRate = 5e-4,
            FinalLearningRate = 2e-5,
            DecayUpdates = decaySteps / StepsPerUpdate,
            Clipping = ClippingKind.GlobalNorm,
            ClippingLimit = 10,
        },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.01, DecaySteps = explorationSteps },
    };
}
