using System.Diagnostics.Metrics;
using DqnAspire.Agents.Evaluation;
using DqnAspire.ServiceDefaults.Telemetry;

namespace DqnAspire.EvalService;

/// <summary>What the evaluator measures of itself.</summary>
public sealed class EvalMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DqnAspire.EvalService";

    private readonly Counter<long> _episodes;
    private readonly Counter<long> _steps;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _return;
    private readonly Histogram<long> _length;

    /// <summary>Makes the instruments.</summary>
    public EvalMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _episodes = meter.CreateCounter<long>("dqn.eval.episodes", "{episode}", "Evaluation episodes finished.");
        _steps = meter.CreateCounter<long>("dqn.eval.steps", "{step}", "Agent steps of evaluation episodes.");
        _decisions = meter.CreateCounter<long>("dqn.eval.decisions", "{action}", "Actions given by Act.");
        _return = meter.CreateHistogram(
            "dqn.eval.episode.return", "{reward}", "Returns of evaluation episodes.", advice: Buckets.Returns);
        _length = meter.CreateHistogram(
            "dqn.eval.episode.length", "{step}", "Agent steps of evaluation episodes.", advice: Buckets.EpisodeLengths);
    }

    /// <summary>An episode ended.</summary>
    public void EpisodePlayed(string environmentId, EpisodeResult episode)
    {
        var environment = new KeyValuePair<string, object?>("environment", environmentId);
        _episodes.Add(1, environment);
        _steps.Add(episode.Length, environment);
        _return.Record(episode.Return, environment);
        _length.Record(episode.Length, environment);
    }

    /// <summary>Actions were given.</summary>
    public void Decided(int count) => _decisions.Add(count);
}
