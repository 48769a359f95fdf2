using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Memory;

/// <summary>Observations in this process's memory, allocated in chunks when they are first used.</summary>
public sealed class MemoryReplayStore : IReplayStore
{
    private const int ChunkBytes = 1 << 20;

    private readonly int _observationBytes;
    private readonly int _slots;
    private readonly int _slotsPerChunk;
    private readonly byte[]?[] _chunks;
    private readonly SortedDictionary<string, byte[]> _marks = new(StringComparer.Ordinal);
    private long _reads;

    /// <summary>Makes an empty store.</summary>
    /// <param name="manifest">The table.</param>
    public MemoryReplayStore(TableManifest manifest)
    {
        var spec = manifest.Spec;
        spec.Validate();
        Manifest = manifest;
        _observationBytes = spec.ObservationBytes;
        _slots = spec.Slots;
        _slotsPerChunk = Math.Min(_slots, Math.Max(1, ChunkBytes / _observationBytes));
        _chunks = new byte[]?[((_slots - 1) / _slotsPerChunk) + 1];
    }

    /// <inheritdoc/>
    public TableManifest Manifest { get; private set; }

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public long MemoryBytes { get; private set; }

    /// <inheritdoc/>
    public (long Hits, long Reads) CacheUse => (_reads, _reads);

    /// <inheritdoc/>
    public long Sampled { get; set; }

    /// <inheritdoc/>
    public float MaxPriority { get; set; }

    /// <inheritdoc/>
    /// <remarks>Empty: nothing outlives the process.</remarks>
    public IAsyncEnumerable<RecordRun> RecoverAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<RecordRun>();

    /// <inheritdoc/>
    public float? SavedPriority(long step) => null;

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        long first,
        Memory<StoredRecord> records,
        ReadOnlyMemory<byte> observations,
        CancellationToken cancellationToken)
    {
        for (var i = 0; i < records.Length; i++)
        {
            Write((int)((first + i) % _slots), observations.Span.Slice(i * _observationBytes, _observationBytes));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken)
    {
        foreach (ref readonly var read in reads.Span)
        {
            var slot = (int)(read.Record % _slots);
            var chunk = _chunks[slot / _slotsPerChunk]
                ?? throw new InvalidOperationException($"Record {read.Record} was never written.");
            chunk.AsSpan(slot % _slotsPerChunk * _observationBytes, _observationBytes).CopyTo(read.Destination.Span);
        }

        _reads += reads.Length;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SavePrioritiesAsync(
        ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListMarksAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. _marks.Keys]);

    /// <inheritdoc/>
    public ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken)
    {
        _marks[name] = mark.ToArray();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> LoadMarkAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_marks.GetValueOrDefault(name));

    /// <inheritdoc/>
    public ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_marks.Remove(name));

    /// <inheritdoc/>
    public ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken)
    {
        Sampled = point.Sampled;
        MaxPriority = point.MaxPriority;
        foreach (var name in point.DroppedMarks)
        {
            _marks.Remove(name);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SaveLimitsAsync(RateLimits limits, CancellationToken cancellationToken)
    {
        Manifest = Manifest with { Limits = limits };
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A table that was closed with a mark can be opened again by the source that keeps it, so nothing is released
        // here.
    }

    private void Write(int slot, ReadOnlySpan<byte> observation)
    {
        ref var chunk = ref _chunks[slot / _slotsPerChunk];
        if (chunk is null)
        {
            chunk = GC.AllocateUninitializedArray<byte>(_slotsPerChunk * _observationBytes);
            MemoryBytes += chunk.Length;
        }

        observation.CopyTo(chunk.AsSpan(slot % _slotsPerChunk * _observationBytes, _observationBytes));
    }
}
