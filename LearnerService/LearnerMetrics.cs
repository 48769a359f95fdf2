using System.Diagnostics.Metrics;
using DqnAspire.Agents.Training;
using DqnAspire.ServiceDefaults.Telemetry;

namespace DqnAspire.LearnerService;

/// <summary>What the learner measures of itself.</summary>
public sealed class LearnerMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DqnAspire.LearnerService";

    private readonly Counter<long> _steps;
    private readonly Counter<long> _episodes;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _episodeReturn;
    private readonly Histogram<long> _episodeLength;
    private readonly Histogram<double> _loss;
    private readonly Gauge<double> _epsilon;
    private readonly Gauge<double> _validationReturn;

    /// <summary>Makes the instruments.</summary>
    public LearnerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _steps = meter.CreateCounter<long>("dqn.learner.steps", "{step}", "Agent steps taken in training.");
        _episodes = meter.CreateCounter<long>("dqn.learner.episodes", "{episode}", "Training episodes finished.");
        _updates = meter.CreateCounter<long>("dqn.learner.updates", "{update}", "Training calls done.");
        _runs = meter.CreateCounter<long>("dqn.learner.runs", "{run}", "Runs ended, by their final state.");
        _episodeReturn = meter.CreateHistogram("dqn.learner.episode.return", "{reward}", "Returns of training episodes.", advice: Buckets.Returns);
        _episodeLength = meter.CreateHistogram("dqn.learner.episode.length", "{step}", "Agent steps of training episodes.", advice: Buckets.EpisodeLengths);
        _loss = meter.CreateHistogram("dqn.learner.loss", "1", "Mean loss of a training episode's updates.", advice: Buckets.Losses);
        _epsilon = meter.CreateGauge<double>("dqn.learner.epsilon", "1", "Probability of a random action.");
        _validationReturn = meter.CreateGauge<double>("dqn.learner.validation.return", "{reward}", "The recipe's last validation score.");
    }

    /// <summary>The run went from one report to the next.</summary>
    public void Progressed(TrainingProgress before, TrainingProgress now)
    {
        // A run that goes on from a checkpoint is behind its last report; what it does again counts again.
        _steps.Add(Math.Max(0, now.Steps - before.Steps));
        _episodes.Add(Math.Max(0, now.Episodes - before.Episodes));
        _updates.Add(Math.Max(0, now.Updates - before.Updates));
        _epsilon.Record(now.Epsilon);
        if (now.ValidationReturn is { } value)
        {
            _validationReturn.Record(value);
        }
    }

    /// <summary>An episode or iteration was logged.</summary>
    public void Recorded(LogRecord record)
    {
        if (record.Return is { } value)
        {
            _episodeReturn.Record(value);
        }

        if (record.Length is { } length)
        {
            _episodeLength.Record(length);
        }

        if (record.Loss is { } loss)
        {
            _loss.Record(loss);
        }
    }

    /// <summary>A run ended.</summary>
    public void RunEnded(RunState state) => _runs.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));
}
