namespace DqnAspire.Replay.Storage;

/// <summary>Observations in this process's memory, taken in chunks as they are first used; gone with the process.</summary>
public sealed class MemoryReplayStore : IReplayStore
{
    private const int ChunkBytes = 1 << 20;

    private readonly int _observationBytes;
    private readonly int _slots;
    private readonly int _slotsPerChunk;
    private readonly byte[]?[] _chunks;
    private readonly SortedDictionary<string, byte[]> _marks = new(StringComparer.Ordinal);
    private long _reads;

    /// <summary>An empty store.</summary>
    /// <param name="spec">The table that it is for.</param>
    public MemoryReplayStore(TableSpec spec)
    {
        spec.Validate();
        _observationBytes = spec.ObservationBytes;
        _slots = spec.Slots;
        _slotsPerChunk = Math.Min(_slots, Math.Max(1, ChunkBytes / _observationBytes));
        _chunks = new byte[]?[((_slots - 1) / _slotsPerChunk) + 1];
    }

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public long MemoryBytes { get; private set; }

    /// <inheritdoc/>
    public (long Hits, long Reads) CacheUse => (_reads, _reads);

    /// <inheritdoc/>
    public long Sampled { get; set; }

    /// <inheritdoc/>
    public float HighestPriority { get; set; }

    /// <inheritdoc/>
    public void Recover(RecordVisitor visit)
    {
        // Nothing outlives the process.
    }

    /// <inheritdoc/>
    public float? SavedPriority(long step) => null;

    /// <inheritdoc/>
    public ValueTask AppendAsync(long first, Memory<StoredRecord> records, ReadOnlyMemory<byte> observations, CancellationToken cancellationToken)
    {
        for (var i = 0; i < records.Length; i++)
        {
            Write((int)((first + i) % _slots), observations.Span.Slice(i * _observationBytes, _observationBytes));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Read(long record, Span<byte> observation)
    {
        _reads++;
        var slot = (int)(record % _slots);
        var chunk = _chunks[slot / _slotsPerChunk] ?? throw new InvalidOperationException($"Record {record} was never written.");
        chunk.AsSpan(slot % _slotsPerChunk * _observationBytes, _observationBytes).CopyTo(observation);
    }

    /// <inheritdoc/>
    public ValueTask SavePrioritiesAsync(ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public IReadOnlyList<string> ListMarks() => [.. _marks.Keys];

    /// <inheritdoc/>
    public ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken)
    {
        _marks[name] = mark.ToArray();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public byte[]? LoadMark(string name) => _marks.GetValueOrDefault(name);

    /// <inheritdoc/>
    public ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(_marks.Remove(name));

    /// <inheritdoc/>
    public ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken)
    {
        Sampled = point.Sampled;
        HighestPriority = point.HighestPriority;
        foreach (var name in point.DroppedMarks)
        {
            _marks.Remove(name);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The collector takes the chunks.
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
