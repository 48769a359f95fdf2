using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Presets;

/// <summary>
/// Lapan, Deep Reinforcement Learning Hands-On, chapter 6, first half: one random transition and one update an iteration,
/// then 20 greedy test episodes. The original was solved in 13,117 iterations.
/// </summary>
internal static class FrozenLakeTabular
{
    public static TrainingSettings Create() => new TabularSettings
    {
        Preset = "frozenlake-tabular",
        Run = new RunSection { GoalReturn = 0.80, FinalEvaluationEpisodes = 20 },
        Environment = new EnvironmentSection { Id = "FrozenLake-v1" },
        Agent = new TabularAgentSection { Gamma = 0.9, LearningRate = 0.2 },
        Validation = new TabularValidationSection { Episodes = 20 },
    };
}
