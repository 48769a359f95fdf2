using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DqnAspire.Replay.Sharing;
using DqnAspire.ServiceDefaults.Telemetry;

namespace DqnAspire.ReplayService;

/// <summary>Metrics of the experience store.</summary>
public sealed class ReplayMetrics : ITableObserver
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DqnAspire.ReplayService";

    private readonly ConcurrentDictionary<SharedTable, string> _tables = [];
    private readonly Counter<long> _records;
    private readonly Counter<long> _received;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _priorities;
    private readonly Counter<long> _stale;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _draw;
    private readonly Histogram<double> _age;
    private readonly Histogram<long> _timesSampled;
    private readonly Histogram<double> _appendTime;

    /// <summary>Makes the instruments.</summary>
    public ReplayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _records = meter.CreateCounter<long>("dqn.replay.records", "{record}", "Records appended.");
        _received = meter.CreateCounter<long>("dqn.replay.received", "By", "Bytes of observations appended.");
        _batches = meter.CreateCounter<long>("dqn.replay.batches", "{batch}", "Batches sampled.");
        _transitions = meter.CreateCounter<long>("dqn.replay.transitions", "{transition}", "Transitions sampled.");
        _sent = meter.CreateCounter<long>("dqn.replay.sent", "By", "Bytes of observations sampled.");
        _priorities = meter.CreateCounter<long>(
            "dqn.replay.priorities", "{update}", "Priorities changed, or ignored as stale.");
        _stale = meter.CreateCounter<long>(
            "dqn.replay.priorities.stale", "{update}", "Priority updates ignored because their transition had left.");
        _appendTime = meter.CreateHistogram(
            "dqn.replay.append.duration",
            "s",
            "Time until a block was durable, waiting for the limiter included.",
            advice: Buckets.Durations);
        _wait = meter.CreateHistogram(
            "dqn.replay.sample.wait",
            "s",
            "Time that a batch waited for the table to hold enough, and for the limiter.",
            advice: Buckets.Durations);
        _draw = meter.CreateHistogram(
            "dqn.replay.sample.duration", "s", "Time to choose and assemble a batch.", advice: Buckets.Durations);
        _age = meter.CreateHistogram(
            "dqn.replay.sample.age",
            "{transition}",
            "Mean age of a batch's transitions: how many came after them.",
            advice: Buckets.Ages);
        _timesSampled = meter.CreateHistogram(
            "dqn.replay.times_sampled",
            "{sample}",
            "How often a transition was sampled when it left the table.",
            advice: Buckets.Counts);
        meter.CreateObservableGauge(
            "dqn.replay.size", () => Observe(s => s.Size), "{transition}", "Transitions that can be sampled.");
        meter.CreateObservableGauge(
            "dqn.replay.memory", () => Observe(s => s.ObservationBytes), "By", "Memory that observations use.");
        meter.CreateObservableGauge(
            "dqn.replay.cache.hits",
            () => Observe(s => s.CacheHits),
            "{read}",
            "Observations read from memory already in use.");
        meter.CreateObservableGauge(
            "dqn.replay.cache.reads", () => Observe(s => s.CacheReads), "{read}", "All observations read.");
    }

    /// <inheritdoc/>
    public void Opened(SharedTable table) => _tables[table] = Kind(table.Name);

    /// <inheritdoc/>
    public void Closed(SharedTable table) => _tables.TryRemove(table, out _);

    /// <inheritdoc/>
    public void Appended(string table, int records, int bytes)
    {
        var tag = Tag(table);
        _records.Add(records, tag);
        _received.Add(bytes, tag);
    }

    /// <summary>A block was acknowledged.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="time">Since it arrived.</param>
    public void Acknowledged(string table, TimeSpan time) => _appendTime.Record(time.TotalSeconds, Tag(table));

    /// <summary>A batch was drawn.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="transitions">Transitions in it.</param>
    /// <param name="bytes">Bytes of its observations.</param>
    /// <param name="age">Mean number of transitions that came after those of the batch.</param>
    /// <param name="waited">Time until it could be drawn.</param>
    /// <param name="drawn">Time to draw it.</param>
    public void Sampled(string table, int transitions, long bytes, double age, TimeSpan waited, TimeSpan drawn)
    {
        var tag = Tag(table);
        _batches.Add(1, tag);
        _transitions.Add(transitions, tag);
        _sent.Add(bytes, tag);
        _age.Record(age, tag);
        _wait.Record(waited.TotalSeconds, tag);
        _draw.Record(drawn.TotalSeconds, tag);
    }

    /// <inheritdoc/>
    public void PrioritiesUpdated(string table, int entries, int stale)
    {
        _priorities.Add(entries, Tag(table));
        _stale.Add(stale, Tag(table));
    }

    /// <inheritdoc/>
    public void Left(string table, int timesSampled) => _timesSampled.Record(timesSampled, Tag(table));

    /// <summary>Tables are named RUN/KIND; a time series for every run would never end.</summary>
    private static string Kind(string table) => table[(table.LastIndexOf('/') + 1)..];

    private static KeyValuePair<string, object?> Tag(string table) => new("table", Kind(table));

    private IEnumerable<Measurement<long>> Observe(Func<TableStatus, long> value) => _tables
        .GroupBy(t => t.Value, t => value(t.Key.Status))
        .Select(kind => new Measurement<long>(kind.Sum(), new KeyValuePair<string, object?>("table", kind.Key)));
}
