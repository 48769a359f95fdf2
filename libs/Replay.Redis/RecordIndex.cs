namespace DqnAspire.Replay.Redis;

/// <summary>
/// Where in Redis each record's observation lies: the segments, and a ring of places within them. Not thread-safe.
/// </summary>
/// <param name="spec">The table.</param>
internal sealed class RecordIndex(TableSpec spec)
{
    /// <summary>Bytes of memory for a record: offset, length and checksum.</summary>
    public const int RecordBytes = sizeof(int) + sizeof(int) + sizeof(uint);

    private readonly int _slots = spec.Slots;
    // Allocated with the first record: what a table may take is checked before.
    private int[] _offsets = [];
    private int[] _lengths = [];
    private uint[] _checksums = [];
    private readonly List<Segment> _segments = [];

    /// <summary>The segments, oldest first; the last one grows.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>The oldest record; the one that comes next when there is none.</summary>
    public long First => _segments.Count > 0 ? _segments[0].First : End;

    /// <summary>The record that comes next.</summary>
    public long End { get; private set; }

    /// <summary>Sets the record that comes next, of an empty index.</summary>
    public void StartAt(long record) => End = record;

    /// <summary>Begins a segment with the record that comes next.</summary>
    public void AddSegment() => _segments.Add(new Segment(End, 0, 0));

    /// <summary>Adds the record that comes next to the last segment.</summary>
    /// <param name="length">Bytes of its observation, compressed.</param>
    /// <param name="checksum">CRC-32C of those bytes.</param>
    public void Add(int length, uint checksum)
    {
        if (_offsets.Length == 0)
        {
            (_offsets, _lengths, _checksums) = (new int[_slots], new int[_slots], new uint[_slots]);
        }

        var slot = (int)(End % _slots);
        var last = _segments[^1];
        (_offsets[slot], _lengths[slot], _checksums[slot]) = (last.FrameBytes, length, checksum);
        _segments[^1] = last with { Count = last.Count + 1, FrameBytes = last.FrameBytes + length };
        End++;
    }

    /// <summary>Removes the oldest segments.</summary>
    public void RemoveFirst(int count) => _segments.RemoveRange(0, count);

    /// <summary>Removes a record and all after it.</summary>
    public void CutAt(long record)
    {
        if (record >= End)
        {
            return;
        }

        var last = LastBefore(record);
        _segments.RemoveAll(s => s.First >= record);
        if (_segments.Count > 0)
        {
            _segments[^1] = last;
        }

        End = record;
    }

    /// <summary>The last segment of a table that ends before a record; empty when there is none.</summary>
    public Segment LastBefore(long record)
    {
        var last = _segments.LastOrDefault(s => s.First < record);
        return record >= last.End
            ? last
            : last with { Count = (int)(record - last.First), FrameBytes = _offsets[record % _slots] };
    }

    /// <summary>Counts the oldest segments that lie before a record; the last segment always stays.</summary>
    public int CountBefore(long record)
    {
        var count = 0;
        while (count + 1 < _segments.Count && _segments[count].End <= record)
        {
            count++;
        }

        return count;
    }

    /// <summary>Plans the segments of a table that ends before a record.</summary>
    /// <returns>The last segment, empty when there is none; and the first records of those that are dropped.</returns>
    public (Segment Last, List<long> Dropped) PlanCut(long record)
    {
        List<long> dropped = [.. _segments.Where(s => s.First >= record).Select(s => s.First)];
        foreach (var begun in new[] { record, End }.Distinct().Except(dropped))
        {
            // An append that was given up may have begun it.
            dropped.Add(begun);
        }

        return (LastBefore(record), dropped);
    }

    /// <summary>Where an observation is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The record is not in the table.</exception>
    public Place Find(long record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(record, End);
        ArgumentOutOfRangeException.ThrowIfLessThan(record, Math.Max(First, End - _slots));
        var (low, high) = (0, _segments.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _segments[middle].First <= record ? (middle, high) : (low, middle - 1);
        }

        var slot = (int)(record % _slots);
        return new Place(_segments[low].First, _offsets[slot], _lengths[slot], _checksums[slot]);
    }

    /// <summary>Consecutive records that lie in one pair of keys.</summary>
    /// <param name="First">Number of the first; names the keys.</param>
    /// <param name="Count">Records.</param>
    /// <param name="FrameBytes">Bytes of their observations, compressed.</param>
    internal readonly record struct Segment(long First, int Count, int FrameBytes)
    {
        /// <summary>The record after the last.</summary>
        public long End => First + Count;
    }

    /// <summary>Where an observation is.</summary>
    /// <param name="Segment">First record of its segment.</param>
    /// <param name="Offset">Its first byte there.</param>
    /// <param name="Length">Its bytes there.</param>
    /// <param name="Checksum">CRC-32C of them.</param>
    internal readonly record struct Place(long Segment, int Offset, int Length, uint Checksum);
}
