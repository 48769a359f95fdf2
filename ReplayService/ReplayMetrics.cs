using System.Diagnostics.Metrics;

namespace DqnAspire.ReplayService;

/// <summary>What the experience store measures of itself.</summary>
public sealed class ReplayMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DqnAspire.ReplayService";

    private readonly Counter<long> _records;
    private readonly Counter<long> _received;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _sent;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _draw;

    /// <summary>Makes the instruments.</summary>
    public ReplayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        double[] seconds = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10];
        var buckets = new InstrumentAdvice<double> { HistogramBucketBoundaries = seconds };
        _records = meter.CreateCounter<long>("dqn.replay.records", "{record}", "Records appended.");
        _received = meter.CreateCounter<long>("dqn.replay.received", "By", "Bytes of observations appended.");
        _batches = meter.CreateCounter<long>("dqn.replay.batches", "{batch}", "Batches sampled.");
        _transitions = meter.CreateCounter<long>("dqn.replay.transitions", "{transition}", "Transitions sampled.");
        _sent = meter.CreateCounter<long>("dqn.replay.sent", "By", "Bytes of observations sampled.");
        _wait = meter.CreateHistogram("dqn.replay.sample.wait", "s", "Time that a batch waited for the table to hold enough.", advice: buckets);
        _draw = meter.CreateHistogram("dqn.replay.sample.duration", "s", "Time to choose and assemble a batch.", advice: buckets);
    }

    /// <summary>A block was appended.</summary>
    public void Appended(string table, int records, int bytes)
    {
        var tag = new KeyValuePair<string, object?>("table", Kind(table));
        _records.Add(records, tag);
        _received.Add(bytes, tag);
    }

    /// <summary>A batch was drawn.</summary>
    public void Sampled(string table, int transitions, int bytes, TimeSpan waited, TimeSpan drawn)
    {
        var tag = new KeyValuePair<string, object?>("table", Kind(table));
        _batches.Add(1, tag);
        _transitions.Add(transitions, tag);
        _sent.Add(bytes, tag);
        _wait.Record(waited.TotalSeconds, tag);
        _draw.Record(drawn.TotalSeconds, tag);
    }

    /// <summary>Tables are named RUN/KIND; a time series for every run would never end.</summary>
    private static string Kind(string table) => table[(table.LastIndexOf('/') + 1)..];
}
