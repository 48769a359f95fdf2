namespace DqnAspire.Replay;

/// <summary>
/// The newest records of a table by their number, and how the records of an episode are linked: each record says how
/// far back the previous one is, the ring says how far forward the next one is.
/// </summary>
/// <param name="slots">Records in the ring.</param>
internal sealed class RecordRing(int slots)
{
    /// <summary>Forward link of the newest record of an episode that continues.</summary>
    public const long NotYet = 0;

    /// <summary>Forward link of the last record of an episode that a new one replaced.</summary>
    public const long Abandoned = -1;

    private readonly StoredRecord[] _records = new StoredRecord[slots];
    private readonly int[] _forward = new int[slots];

    /// <summary>The record with a number.</summary>
    /// <param name="record">One of the newest records.</param>
    public ref readonly StoredRecord this[long record] => ref _records[Slot(record)];

    /// <summary>Stores a record as the newest of its episode.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="record">The record.</param>
    public void Put(long number, in StoredRecord record)
    {
        var slot = Slot(number);
        _records[slot] = record;
        _forward[slot] = (int)NotYet;
    }

    /// <summary>Links a record to the next of its episode, unless it has left the ring.</summary>
    /// <param name="record">The earlier record; negative when there is none.</param>
    /// <param name="next">The newest record of all.</param>
    public void Link(long record, long next) => SetForward(record, next, (int)(next - record));

    /// <summary>
    /// Marks a record as the last of an episode that a new one replaced, unless it has left the ring.
    /// </summary>
    /// <param name="record">The earlier record; negative when there is none.</param>
    /// <param name="next">The newest record of all.</param>
    public void Abandon(long record, long next) => SetForward(record, next, (int)Abandoned);

    /// <summary>The next record of an episode.</summary>
    /// <returns>Its number; or <see cref="NotYet"/>, or <see cref="Abandoned"/>.</returns>
    public long Next(long record)
    {
        var forward = _forward[Slot(record)];
        return forward > 0 ? record + forward : forward;
    }

    /// <summary>The records from a number on that lie side by side in the ring.</summary>
    /// <param name="first">The first record.</param>
    /// <param name="end">The record after the last.</param>
    /// <returns>At least one record; the others begin at the start of the ring.</returns>
    public ReadOnlySpan<StoredRecord> Run(long first, long end)
    {
        var slot = Slot(first);
        return _records.AsSpan(slot, (int)Math.Min(end - first, _records.Length - slot));
    }

    private void SetForward(long record, long next, int forward)
    {
        if (record >= 0 && record > next - _records.Length)
        {
            _forward[Slot(record)] = forward;
        }
    }

    private int Slot(long record) => (int)(record % _records.Length);
}
