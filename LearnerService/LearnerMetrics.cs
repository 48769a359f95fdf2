using System.Diagnostics.Metrics;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Sessions;
using DqnAspire.ServiceDefaults.Telemetry;

namespace DqnAspire.LearnerService;

/// <summary>
/// The learner's metrics, over all its runs: an instrument for each number that declares one, under the number's name
/// there.
/// </summary>
public sealed class LearnerMetrics : SessionObserver
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DqnAspire.LearnerService";

    private readonly Dictionary<TrainingNumber, Counter<long>> _counters = [];
    private readonly Dictionary<TrainingNumber, Gauge<double>> _gauges = [];
    private readonly Dictionary<TrainingNumber, Histogram<double>> _histograms = [];
    private readonly Counter<long> _runs;

    /// <summary>Makes the instruments.</summary>
    public LearnerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        foreach (var number in TrainingNumbers.All.Where(n => n.Instrument is not null))
        {
            var (name, unit) = (
                $"dqn.learner.{number.Instrument}", number.Unit.Length > 0 ? $"{{{number.Unit}}}" : "1");
            switch (number.InstrumentKind)
            {
                case InstrumentKind.Counter:
                    _counters[number] = meter.CreateCounter<long>(name, unit, number.Description);
                    break;
                case InstrumentKind.Gauge:
                    _gauges[number] = meter.CreateGauge<double>(name, unit, number.Description);
                    break;
                default:
                    _histograms[number] = meter.CreateHistogram(
                        name, unit, number.Description, advice: BucketsOf(number));
                    break;
            }
        }

        _runs = meter.CreateCounter<long>("dqn.learner.runs", "{run}", "Runs ended, by their final state.");
    }

    /// <inheritdoc/>
    public override void OnProgress(TrainingProgress before, TrainingProgress now)
    {
        foreach (var (number, value) in now.Numbers)
        {
            if (_counters.TryGetValue(number, out var counter))
            {
                // A run that is resumed from a checkpoint is behind its last report; what it does again counts again.
                counter.Add(Math.Max(0, (long)value - (long)(before.Numbers[number] ?? 0)));
            }
            else if (_gauges.TryGetValue(number, out var gauge))
            {
                gauge.Record(value);
            }
        }
    }

    /// <inheritdoc/>
    public override void OnRecord(LogRecord record)
    {
        foreach (var (number, value) in record.Numbers)
        {
            if (_histograms.TryGetValue(number, out var histogram))
            {
                histogram.Record(value);
            }
        }
    }

    /// <inheritdoc/>
    public override void OnEnded(RunState state, TrainingProgress progress, string error) =>
        _runs.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));

    private static InstrumentAdvice<double> BucketsOf(TrainingNumber number) => number.Unit switch
    {
        "reward" => Buckets.Returns,
        "step" => new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
                [.. Buckets.EpisodeLengths.HistogramBucketBoundaries!.Select(bound => (double)bound)],
        },
        _ => Buckets.Losses,
    };
}
