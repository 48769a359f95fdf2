using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// The CartPole half of a Keras lab exercise. The original needed 366 episodes (53,192 steps, 83 minutes) and evaluated
/// at 483.25.
/// </summary>
internal static class CartPoleDense
{
    public static RunSettings Create() => new DqnSettings
    {
        Preset = "cartpole-dense",
        Run = new RunSection { MaxEpisodes = 400, GoalReturn = 450, FinalEvaluationEpisodes = 20 },
        Environment = new EnvironmentSection { Id = "CartPole-v1" },
        Agent = new DqnAgentSection
        {
            HiddenUnits = 32,
            HiddenLayers = 2,
            Gamma = 0.99,
            LearningRate = 2e-4,
            GradientClipValue = 2.0,
            // The original calls fit() with the library's default mini-batch: four gradient steps a training call.
            MiniBatchSize = 32,
        },
        Exploration = new ExplorationSection { InitialEpsilon = 1.0, FinalEpsilon = 0.01, DecayPerEpisode = 10.0 / 400 },
        Replay = new ReplaySection { Capacity = 1000, BatchSize = 128 },
        Validation = new ValidationSection { ConfirmationEpisodes = 2 },
    };
}
