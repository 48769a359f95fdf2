namespace DqnAspire.Replay;

/// <summary>
/// The steps of a table that can be sampled: the newest ones, at most the capacity. A step's entry is its number modulo
/// the capacity.
/// </summary>
internal sealed class StepWindow
{
    private readonly long[] _records;
    private readonly int[] _timesSampled;

    public StepWindow(TableSpec spec)
    {
        _records = new long[spec.Capacity];
        _timesSampled = new int[spec.Capacity];
        Priorities = spec.PriorityExponent > 0 ? new PriorityIndex(spec.Capacity, spec.PriorityExponent) : null;
    }

    /// <summary>Priorities of the steps; null in a table without priorities.</summary>
    public PriorityIndex? Priorities { get; }

    /// <summary>Number of the step after the newest.</summary>
    public long End { get; private set; }

    /// <summary>Number of the oldest step.</summary>
    public long Oldest { get; private set; }

    /// <summary>Steps that can be sampled.</summary>
    public int Size => (int)(End - Oldest);

    /// <summary>Receives how often a step was sampled when it leaves.</summary>
    public Action<int>? Leaving { get; set; }

    /// <summary>Number of a step's record.</summary>
    public long RecordOf(long step) => _records[Entry(step)];

    /// <summary>A step's priority; 0 in a table without priorities.</summary>
    public float PriorityOf(long step) => Priorities?.Priority(Entry(step)) ?? 0;

    /// <summary>Changes the priority of a step, in a table with priorities.</summary>
    public void SetPriority(long step, float priority) => Priorities!.Set(Entry(step), priority);

    /// <summary>How often a step was sampled.</summary>
    public int TimesSampled(long step) => _timesSampled[Entry(step)];

    /// <summary>Counts that a step was sampled.</summary>
    public void CountSampled(long step) => _timesSampled[Entry(step)]++;

    /// <summary>Adds the next step; the oldest leaves when the window is full.</summary>
    /// <param name="step">Its number.</param>
    /// <param name="record">Number of its record.</param>
    /// <param name="priority">Its priority.</param>
    public void Add(long step, long record, float priority)
    {
        if (step != End)
        {
            // The first step that a store kept need not have the number 0.
            End = Oldest = step;
        }

        if (Size == _records.Length)
        {
            DropOldest();
        }

        var entry = Entry(step);
        _records[entry] = record;
        _timesSampled[entry] = 0;
        Priorities?.Set(entry, priority);
        End++;
    }

    /// <summary>Drops the steps whose record is older than a number.</summary>
    public void DropBefore(long record)
    {
        while (Oldest < End && _records[Entry(Oldest)] < record)
        {
            DropOldest();
        }
    }

    /// <summary>Drops the steps before a number.</summary>
    public void DropUntil(long step)
    {
        while (Oldest < step)
        {
            DropOldest();
        }
    }

    /// <summary>Removes all steps; the next has a given number.</summary>
    public void Clear(long next)
    {
        for (var entry = 0; entry < _records.Length && Priorities is not null; entry++)
        {
            Priorities.Clear(entry);
        }

        End = Oldest = next;
    }

    private void DropOldest()
    {
        var entry = Entry(Oldest);
        Leaving?.Invoke(_timesSampled[entry]);
        Priorities?.Clear(entry);
        Oldest++;
    }

    private int Entry(long step) => (int)(step % _records.Length);
}
