namespace DqnAspire.Replay.Storage;

/// <summary>
/// Observations in this process, decompressed. A record has one place, its number modulo the places, which it shares
/// with others; the last one written is kept. With a place for every record nothing is evicted; with fewer, uniform
/// sampling finds as many as with any other rule. Memory is allocated as it is used. Not thread-safe.
/// </summary>
public sealed class FrameCache
{
    private const int ChunkBytes = 1 << 20;

    private readonly int _observationBytes;
    private readonly int _placesPerChunk;
    private readonly int _places;
    private long[] _records = [];
    private byte[]?[] _chunks = [];

    /// <summary>Makes an empty cache.</summary>
    /// <param name="spec">The table.</param>
    /// <param name="bytes">Most bytes of observations; 0: none.</param>
    public FrameCache(TableSpec spec, long bytes)
    {
        _observationBytes = spec.ObservationBytes;
        _places = Places(spec, bytes);
        _placesPerChunk = Math.Clamp(ChunkBytes / _observationBytes, 1, Math.Max(1, _places));
    }

    /// <summary>Bytes of memory that observations take now.</summary>
    public long Bytes { get; private set; }

    /// <summary>The maximum of memory that a cache takes, in bytes.</summary>
    /// <param name="spec">The table.</param>
    /// <param name="bytes">Most bytes of observations.</param>
    public static long MaxMemoryBytes(TableSpec spec, long bytes) =>
        (long)Places(spec, bytes) * (spec.ObservationBytes + sizeof(long));

    /// <summary>Copies an observation that is here.</summary>
    /// <returns>False when it is not.</returns>
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

    /// <summary>Keeps an observation, in the place of an earlier one.</summary>
    public void Put(long record, ReadOnlySpan<byte> observation)
    {
        if (_places == 0)
        {
            return;
        }

        if (_records.Length == 0)
        {
            _records = new long[_places];
            _chunks = new byte[]?[(_places + _placesPerChunk - 1) / _placesPerChunk];
            Clear();
        }

        var place = (int)(record % _places);
        _records[place] = record;
        observation.CopyTo(Place(place));
    }

    /// <summary>
    /// Keeps an observation where there is none yet: another that is there is as likely to be wanted.
    /// </summary>
    public void Fill(long record, ReadOnlySpan<byte> observation)
    {
        if (_records.Length == 0 || _records[record % _records.Length] < 0)
        {
            Put(record, observation);
        }
    }

    /// <summary>Removes all observations.</summary>
    public void Clear() => Array.Fill(_records, -1);

    private static int Places(TableSpec spec, long bytes) =>
        (int)Math.Min(spec.Slots, Math.Max(0, bytes) / spec.ObservationBytes);

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
