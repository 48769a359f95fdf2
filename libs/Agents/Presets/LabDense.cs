using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// The two halves of a Keras lab exercise. The original needed 366 episodes for CartPole (53,192 steps, 83 minutes, evaluated
/// at 483.25) and 77 for LunarLander (40,249 steps, 64 minutes, 127.20).
/// </summary>
internal static class LabDense
{
    public static TrainingSettings CartPole() => Create("cartpole-dense", "CartPole-v1", goal: 450, capacity: 1000);

    public static TrainingSettings LunarLander() => Create("lunarlander-dense", "LunarLander-v3", goal: 200, capacity: 10_000);

    private static DqnSettings Create(string preset, string environment, double goal, int capacity) => new()
    {
        Preset = preset,
        Run = new RunSection { MaxEpisodes = 400, GoalReturn = goal, FinalEvaluationEpisodes = 20, CheckpointPeriod = 5000 },
        Environment = new EnvironmentSection { Id = environment },
        Network = new NetworkSection { Kind = NetworkKind.Dense, HiddenUnits = 32, HiddenLayers = 2 },
        Agent = new DqnAgentSection
        {
            Gamma = 0.99,
            Loss = LossKind.SquaredErrorOverActions,
            BootstrapOnTruncation = false,
            // The original calls fit() with the library's default mini-batch: four gradient steps a training call.
            MiniBatchSize = 32,
        },
        Optimizer = new OptimizerSection
        {
            Kind = OptimizerKind.KerasAdam,
            LearningRate = 2e-4,
            Epsilon = 1e-7,
            Clipping = ClippingKind.Value,
            ClippingLimit = 2.0,
        },
        Target = new TargetSection { Period = 1, Unit = TargetUnit.Episodes },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.01, DecayPerEpisode = 10.0 / 400 },
        Replay = new ReplaySection { Capacity = capacity, PrefillSteps = capacity, BatchSize = 128 },
        Validation = new ValidationSection { EveryEpisodes = 1, ConfirmationEpisodes = 2 },
    };
}
