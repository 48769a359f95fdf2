namespace DqnAspire.Replay.Redis;

/// <summary>
/// Observations in this process, decompressed. A record has one place, its number modulo the places, which it shares
/// with others; the last one written is kept. With a place for every record nothing is evicted; with fewer, uniform
/// sampling finds as many as with any other rule. Memory is allocated as it is used. Not thread-safe.
/// </summary>
internal sealed class FrameCache
{
    private const int ChunkBytes = 1 << 20;

    private readonly int _observationBytes;
    private readonly int _placesPerChunk;
    private readonly long[] _records;
    private readonly byte[]?[] _chunks;

    public FrameCache(TableSpec spec, long bytes)
    {
        _observationBytes = spec.ObservationBytes;
        var places = (int)Math.Min(spec.Slots, Math.Max(0, bytes) / _observationBytes);
        _placesPerChunk = Math.Clamp(ChunkBytes / _observationBytes, 1, Math.Max(1, places));
        _records = new long[places];
        _chunks = new byte[]?[(places + _placesPerChunk - 1) / _placesPerChunk];
        Clear();
    }

    /// <summary>Bytes of memory taken.</summary>
    public long Bytes { get; private set; }

    public bool TryRead(long record, Span<byte> observation)
    {
        if (_records.Length == 0)
        {
            return false;
        }

        var place = (int)(record % _records.Length);
        if (_records[place] != record)
        {
            return false;
        }

        Place(place).CopyTo(observation);
        return true;
    }

    public void Put(long record, ReadOnlySpan<byte> observation)
    {
        if (_records.Length > 0)
        {
            var place = (int)(record % _records.Length);
            _records[place] = record;
            observation.CopyTo(Place(place));
        }
    }

    /// <summary>Removes all observations.</summary>
    public void Clear() => Array.Fill(_records, -1);

    private Span<byte> Place(int place)
    {
        ref var chunk = ref _chunks[place / _placesPerChunk];
        if (chunk is null)
        {
            chunk = GC.AllocateUninitializedArray<byte>(_placesPerChunk * _observationBytes);
            Bytes += chunk.Length;
        }

        return chunk.AsSpan(place % _placesPerChunk * _observationBytes, _observationBytes);
    }
}
