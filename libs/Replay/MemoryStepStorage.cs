namespace DqnAspire.Replay;

/// <summary>Observations in this process's memory, taken in chunks as they are first used.</summary>
public sealed class MemoryStepStorage : IStepStorage
{
    private const int ChunkBytes = 1 << 20;

    private readonly int _observationBytes;
    private readonly int _slotsPerChunk;
    private readonly byte[]?[] _chunks;

    /// <summary>A ring of empty slots.</summary>
    /// <param name="observationBytes">Bytes of one observation, at least 1.</param>
    /// <param name="slots">Number of slots, at least 1.</param>
    public MemoryStepStorage(int observationBytes, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observationBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        _observationBytes = observationBytes;
        _slotsPerChunk = Math.Min(slots, Math.Max(1, ChunkBytes / observationBytes));
        _chunks = new byte[]?[((slots - 1) / _slotsPerChunk) + 1];
        Slots = slots;
    }

    /// <inheritdoc/>
    public int Slots { get; }

    /// <inheritdoc/>
    public long MemoryBytes { get; private set; }

    /// <inheritdoc/>
    public void Write(int slot, ReadOnlySpan<byte> observation)
    {
        ref var chunk = ref _chunks[slot / _slotsPerChunk];
        if (chunk is null)
        {
            chunk = GC.AllocateUninitializedArray<byte>(_slotsPerChunk * _observationBytes);
            MemoryBytes += chunk.Length;
        }

        observation.CopyTo(chunk.AsSpan(slot % _slotsPerChunk * _observationBytes, _observationBytes));
    }

    /// <inheritdoc/>
    public void Read(int slot, Span<byte> observation)
    {
        var chunk = _chunks[slot / _slotsPerChunk] ?? throw new InvalidOperationException($"Slot {slot} was never written.");
        chunk.AsSpan(slot % _slotsPerChunk * _observationBytes, _observationBytes).CopyTo(observation);
    }
}
