using DqnAspire.Agents.Policies;

namespace DqnAspire.Agents.Training;

/// <summary>Hands progress and parameters on, no more often than somebody can use them.</summary>
/// <param name="observer">Gets the reports.</param>
/// <param name="statistics">The run's numbers.</param>
internal sealed class ProgressReporter(ITrainingObserver observer, TrainingStatistics statistics)
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan ParametersPeriod = TimeSpan.FromSeconds(1);

    private TimeSpan _progress;
    private TimeSpan? _parameters;

    /// <summary>Reports progress now.</summary>
    public void Progress() => observer.OnProgress(statistics.Snapshot());

    /// <summary>Reports progress when the last report is a while ago.</summary>
    public void ProgressWhenDue()
    {
        if (statistics.Elapsed - _progress >= ProgressPeriod)
        {
            _progress = statistics.Elapsed;
            Progress();
        }
    }

    /// <summary>
    /// Publishes parameters. Those of a long series of ever better scores come a second apart: the best ones are then
    /// at most that much better than those that were kept.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="best">Whether its score is the best so far.</param>
    /// <param name="always">Whether they are published whenever this is called.</param>
    public void Parameters(IPolicy policy, bool best, bool always)
    {
        if (always || _parameters is null || statistics.Elapsed - _parameters >= ParametersPeriod)
        {
            observer.OnParameters(policy, statistics.Steps, best);
            _parameters = statistics.Elapsed;
        }
    }
}
