using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Tabular;

namespace DqnAspire.Agents.Runs;

/// <summary>Picks the algorithm that a run's settings are for.</summary>
public static class Trainers
{
    /// <summary>Makes the trainer of a run.</summary>
    /// <param name="settings">The run's settings; their type names the algorithm.</param>
    /// <param name="runId">Names the run's experience table.</param>
    /// <param name="lanes">Opens environments.</param>
    /// <param name="replay">Makes the experience table.</param>
    /// <param name="observer">Gets the run's reports.</param>
    public static ITrainer Create(RunSettings settings, string runId, ILaneSource lanes, IReplaySource replay, IRunObserver observer) =>
        settings switch
        {
            TabularSettings tabular => new TabularQLearning(tabular, lanes, observer),
            DqnSettings dqn => new DeepQLearning(dqn, runId, lanes, replay, observer),
            _ => throw new ArgumentException($"There is no trainer for {settings.GetType().Name}.", nameof(settings)),
        };
}
