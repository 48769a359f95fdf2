using System.Diagnostics;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Agents.Training;

/// <summary>The running counts of a training run, and whether they reach its limits. Used by one thread.</summary>
/// <param name="settings">Limits, goal and period of checkpoints.</param>
public sealed class TrainingStatistics(RunSection settings)
{
    /// <summary>Episodes that <see cref="MeanReturn100"/> is taken over.</summary>
    public const int Window = 100;

    private readonly double[] _returns = new double[Window];
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _before;
    private double _lossSum;
    private long _lossCount;
    private double? _episodeLoss;
    private long _rateTimestamp = Stopwatch.GetTimestamp();
    private long _rateSteps;
    private long _rateUpdates;
    private double _stepsPerSecond;
    private double _updatesPerSecond;

    /// <summary>Where the run stands.</summary>
    public RunState State { get; set; } = RunState.Starting;

    /// <summary>What is trained, for people: spaces and layers. Empty until it is known.</summary>
    public string Summary { get; set; } = "";

    /// <summary>Agent steps in training.</summary>
    public long Steps { get; set; }

    /// <summary>Training episodes finished.</summary>
    public long Episodes { get; private set; }

    /// <summary>Training calls.</summary>
    public long Updates { get; private set; }

    /// <summary>Probability of a random action.</summary>
    public double Epsilon { get; set; }

    /// <summary>Return of the last training episode.</summary>
    public double? LastReturn { get; private set; }

    /// <summary>Steps of the last training episode.</summary>
    public int? LastLength { get; private set; }

    /// <summary>
    /// What decides whether the run is solved: the last validation score, or the mean of the last 100 episodes without
    /// validation.
    /// </summary>
    public double? ValidationReturn { get; private set; }

    /// <summary>The best validation score.</summary>
    public double? BestValidationReturn { get; private set; }

    /// <summary>The algorithm's own numbers.</summary>
    public NumberSet Others { get; private set; } = NumberSet.Empty;

    /// <summary>Whether the run has all the steps or episodes that it may have.</summary>
    public bool IsLimitReached =>
        (settings.MaxEpisodes > 0 && Episodes >= settings.MaxEpisodes)
        || (settings.MaxSteps > 0 && Steps >= settings.MaxSteps);

    /// <summary>Whether the steps since an earlier count call for a checkpoint.</summary>
    /// <param name="earlierSteps">Steps when it was last asked.</param>
    public bool IsCheckpointDue(long earlierSteps) =>
        settings.CheckpointPeriod > 0 && Steps / settings.CheckpointPeriod > earlierSteps / settings.CheckpointPeriod;

    /// <summary>Wall time of the run, over all the processes that worked on it.</summary>
    public TimeSpan Elapsed => _before + Stopwatch.GetElapsedTime(_started);

    /// <summary>Mean return of the last 100 training episodes.</summary>
    public double? MeanReturn100
    {
        get
        {
            var count = (int)Math.Min(Episodes, Window);
            return count == 0 ? null : _returns.AsSpan(0, count).ToArray().Average();
        }
    }

    /// <summary>Counts a training call.</summary>
    /// <param name="loss">Its loss, where the algorithm has one.</param>
    public void AddUpdate(double? loss)
    {
        Updates++;
        if (loss is { } value)
        {
            _lossSum += value;
            _lossCount++;
        }
    }

    /// <summary>Counts a finished training episode.</summary>
    /// <returns>The mean loss of its training calls, or null when there were none.</returns>
    public double? AddEpisode(double episodeReturn, int length)
    {
        _returns[Episodes % Window] = episodeReturn;
        Episodes++;
        LastReturn = episodeReturn;
        LastLength = length;
        _episodeLoss = _lossCount > 0 ? _lossSum / _lossCount : null;
        _lossSum = 0;
        _lossCount = 0;
        return _episodeLoss;
    }

    /// <summary>Notes a validation score.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool AddValidation(double validationReturn)
    {
        ValidationReturn = validationReturn;
        if (BestValidationReturn is { } best && validationReturn <= best)
        {
            return false;
        }

        BestValidationReturn = validationReturn;
        return true;
    }

    /// <summary>
    /// Gives a number of the algorithm's own its newest value; it is reported with all others from here on.
    /// </summary>
    /// <param name="number">Its declaration.</param>
    /// <param name="value">The value; null takes it out of the reports.</param>
    public void Report(TrainingNumber number, double? value) => Others = Others.With(number, value);

    /// <summary>The counts, for a checkpoint.</summary>
    public StatisticsState Save() => new()
    {
        Steps = Steps,
        Episodes = Episodes,
        Updates = Updates,
        Returns = [.. _returns.Take((int)Math.Min(Episodes, Window))],
        LossSum = _lossSum,
        LossCount = _lossCount,
        EpisodeLoss = _episodeLoss,
        LastReturn = LastReturn,
        LastLength = LastLength,
        ValidationReturn = ValidationReturn,
        BestValidationReturn = BestValidationReturn,
        Seconds = Elapsed.TotalSeconds,
        Others = Others.Count == 0 ? null : Others.ToDictionary(pair => pair.Key.Name, pair => pair.Value),
    };

    /// <summary>Takes over the counts of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The numbers contradict each other.</exception>
    public void Restore(StatisticsState state)
    {
        state.Validate();
        (Steps, Episodes, Updates) = (state.Steps, state.Episodes, state.Updates);
        state.Returns.ToArray().CopyTo(_returns, 0);
        (_lossSum, _lossCount, _episodeLoss) = (state.LossSum, state.LossCount, state.EpisodeLoss);
        (LastReturn, LastLength) = (state.LastReturn, state.LastLength);
        (ValidationReturn, BestValidationReturn) = (state.ValidationReturn, state.BestValidationReturn);
        Others = NumberSet.Empty;
        foreach (var (name, value) in state.Others ?? [])
        {
            Report(TrainingNumbers.Named(name), value);
        }

        _before = TimeSpan.FromSeconds(state.Seconds) - Stopwatch.GetElapsedTime(_started);
        (_rateSteps, _rateUpdates) = (Steps, Updates);
    }

    /// <summary>All numbers at this moment.</summary>
    public TrainingProgress Snapshot()
    {
        var elapsed = Stopwatch.GetElapsedTime(_rateTimestamp).TotalSeconds;
        if (elapsed >= 1)
        {
            _stepsPerSecond = (Steps - _rateSteps) / elapsed;
            _updatesPerSecond = (Updates - _rateUpdates) / elapsed;
            _rateTimestamp = Stopwatch.GetTimestamp();
            _rateSteps = Steps;
            _rateUpdates = Updates;
        }

        var numbers = Others;
        foreach (var (number, value) in Save().Numbers())
        {
            numbers = numbers.With(number, value);
        }

        return new TrainingProgress
        {
            State = State,
            Summary = Summary,
            Numbers = numbers,
            MaxSteps = settings.MaxSteps,
            MaxEpisodes = settings.MaxEpisodes,
            GoalReturn = settings.GoalReturn,
            Epsilon = Epsilon,
            StepsPerSecond = _stepsPerSecond,
            UpdatesPerSecond = _updatesPerSecond,
        };
    }
}
