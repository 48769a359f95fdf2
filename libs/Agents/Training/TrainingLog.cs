using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Training;

/// <summary>
/// What happens when an episode or iteration ends: it is counted and logged, the policy is validated and published, and
/// the stopping rule is checked.
/// </summary>
public sealed class TrainingLog
{
    private readonly RunSection _settings;
    private readonly ITrainingObserver _observer;
    private readonly ProgressReporter _reporter;
    private readonly TrainingStatistics _statistics;

    internal TrainingLog(
        RunSection settings, ITrainingObserver observer, ProgressReporter reporter, TrainingStatistics statistics) =>
        (_settings, _observer, _reporter, _statistics) = (settings, observer, reporter, statistics);

    /// <summary>Training episodes before the mean of the last 100 can solve the run; at least 1.</summary>
    public int MinEpisodes { get; set; } = 1;

    /// <summary>Whether the stopping rule has fired; the algorithm then returns to the loop.</summary>
    public bool IsSolved { get; private set; }

    /// <summary>Plays the greedy episodes; null where the mean of the last 100 training episodes decides.</summary>
    internal Validator? Validator { get; set; }

    /// <summary>Takes a finished training episode.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="policy">What has been learnt until now.</param>
    /// <param name="counts">The actions since the episode before; they are reset.</param>
    /// <param name="cancellationToken">Gives up waiting for validation.</param>
    public async ValueTask EndEpisodeAsync(
        EndedEpisode episode, IPolicy policy, ActionCounts counts, CancellationToken cancellationToken)
    {
        var loss = _statistics.AddEpisode(episode.Return, episode.Length);
        var record = new LogRecord("episode", _statistics.Episodes, _statistics.Steps)
        {
            Numbers = _statistics.Others,
            Return = episode.Return,
            Length = episode.Length,
            Loss = loss,
            Epsilon = _statistics.Epsilon,
            ActionCounts = counts.Snapshot(),
            Elapsed = _statistics.Elapsed,
        };
        counts.Reset();
        var best = false;
        if (Validator is null)
        {
            var mean = _statistics.MeanReturn100!.Value;
            best = _statistics.AddValidation(mean);
            IsSolved = _statistics.Episodes >= MinEpisodes && mean > _settings.GoalReturn;
        }
        else if (Validator.IsDue(_statistics.Episodes))
        {
            (var validationReturn, IsSolved) = await Validator.RunAsync(policy, cancellationToken)
                .ConfigureAwait(false);
            best = _statistics.AddValidation(validationReturn);
            record = record with { ValidationReturn = validationReturn };
        }

        _observer.OnRecord(record with { Elapsed = _statistics.Elapsed });
        _reporter.Parameters(policy, best, always: Validator is not null);
    }

    /// <summary>Takes a finished iteration that the algorithm has tested itself.</summary>
    /// <param name="policy">What has been learnt until now.</param>
    /// <param name="validationReturn">Mean return of the tests.</param>
    public void EndIteration(IPolicy policy, double validationReturn)
    {
        var best = _statistics.AddValidation(validationReturn);
        IsSolved = validationReturn > _settings.GoalReturn;
        _observer.OnRecord(new LogRecord("iteration", _statistics.Steps, _statistics.Steps)
        {
            Numbers = _statistics.Others,
            ValidationReturn = validationReturn,
            Elapsed = _statistics.Elapsed,
        });
        if (best)
        {
            _observer.OnParameters(policy, _statistics.Steps, best: true);
        }
    }
}
