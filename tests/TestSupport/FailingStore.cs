using DqnAspire.Replay;
using DqnAspire.Replay.Engines.Memory;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.TestSupport;

/// <summary>A store in memory whose methods fail as a test wants.</summary>
/// <param name="manifest">The table.</param>
/// <param name="failure">Gives the exception of a method, by its name; null where it works.</param>
public sealed class FailingStore(TableManifest manifest, Func<string, Exception?> failure) : IReplayStore
{
    private readonly MemoryReplayStore _store = new(manifest);

    public TableManifest Manifest => _store.Manifest;

    public bool IsDurable => Or(nameof(IsDurable), _store).IsDurable;

    public long MemoryBytes => Or(nameof(MemoryBytes), _store).MemoryBytes;

    public (long Hits, long Reads) CacheUse => Or(nameof(CacheUse), _store).CacheUse;

    public long Sampled
    {
        get => Or(nameof(Sampled), _store).Sampled;
        set => Or(nameof(Sampled), _store).Sampled = value;
    }

    public float MaxPriority
    {
        get => Or(nameof(MaxPriority), _store).MaxPriority;
        set => Or(nameof(MaxPriority), _store).MaxPriority = value;
    }

    public IAsyncEnumerable<RecordRun> RecoverAsync(CancellationToken cancellationToken) =>
        Or(nameof(RecoverAsync), _store).RecoverAsync(cancellationToken);

    public ValueTask AppendAsync(
        long first,
        Memory<StoredRecord> records,
        ReadOnlyMemory<byte> observations,
        CancellationToken cancellationToken) =>
        Or(nameof(AppendAsync), _store).AppendAsync(first, records, observations, cancellationToken);

    public ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken) =>
        Or(nameof(ReadAsync), _store).ReadAsync(reads, cancellationToken);

    public float? SavedPriority(long step) => Or(nameof(SavedPriority), _store).SavedPriority(step);

    public ValueTask SavePrioritiesAsync(
        ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken) =>
        Or(nameof(SavePrioritiesAsync), _store).SavePrioritiesAsync(steps, priorities, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListMarksAsync(CancellationToken cancellationToken) =>
        Or(nameof(ListMarksAsync), _store).ListMarksAsync(cancellationToken);

    public ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken) =>
        Or(nameof(SaveMarkAsync), _store).SaveMarkAsync(name, mark, cancellationToken);

    public ValueTask<byte[]?> LoadMarkAsync(string name, CancellationToken cancellationToken) =>
        Or(nameof(LoadMarkAsync), _store).LoadMarkAsync(name, cancellationToken);

    public ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken) =>
        Or(nameof(DropMarkAsync), _store).DropMarkAsync(name, cancellationToken);

    public ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken) =>
        Or(nameof(RewindAsync), _store).RewindAsync(point, cancellationToken);

    public ValueTask SaveLimitsAsync(RateLimits limits, CancellationToken cancellationToken) =>
        Or(nameof(SaveLimitsAsync), _store).SaveLimitsAsync(limits, cancellationToken);

    public IStoreCopy? BeginCopy(string directory)
    {
        Or(nameof(BeginCopy), _store);
        return null;
    }

    public void Dispose() => Or(nameof(Dispose), _store).Dispose();

    private T Or<T>(string method, T works) => failure(method) is { } exception ? throw exception : works;
}
