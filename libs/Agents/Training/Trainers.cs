using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Pqn;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Tabular;

namespace DqnAspire.Agents.Training;

/// <summary>Picks the algorithm that a run's settings are for.</summary>
public static class Trainers
{
    /// <summary>Makes the trainer of a run.</summary>
    /// <param name="settings">The run's settings; their type names the algorithm.</param>
    /// <param name="context">What it works with.</param>
    public static ITrainer Create(TrainingSettings settings, TrainingContext context) => settings switch
    {
        TabularSettings tabular => new TabularQLearning(tabular, context),
        DqnSettings dqn => new DeepQLearning(dqn, context),
        PqnSettings pqn => new ParallelQLearning(pqn, context),
        _ => throw new ArgumentException($"There is no trainer for {settings.GetType().Name}.", nameof(settings)),
    };
}
