using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay;

// Marks: remembering what the table is, and becoming it again.
public sealed partial class ReplayTable
{
    /// <summary>Oldest record whose observation is in the store: one block less than the ring has, for one that is being stored.</summary>
    private long FirstStored => Math.Max(_firstRecord, Records - (Spec.Slots - TableSpec.MaxBlockRecords));

    /// <summary>Remembers the table as it is now, as durably as its store keeps records; takes the place of a mark with the same name.</summary>
    /// <param name="name">A name that <see cref="TableMark.IsName"/>.</param>
    /// <param name="cancellationToken">Gives up waiting for the store.</param>
    /// <returns>What was remembered.</returns>
    /// <exception cref="ArgumentException">The name cannot be a mark's.</exception>
    /// <exception cref="ReplayStoreException">The store cannot keep it.</exception>
    public async ValueTask<TableMark> MarkAsync(string name, CancellationToken cancellationToken = default)
    {
        var mark = Capture(RateLimits.None, 0);
        await SaveMarkAsync(name, mark, cancellationToken).ConfigureAwait(false);
        return mark;
    }

    /// <summary>What <see cref="MarkAsync"/> remembers, not yet in the store.</summary>
    /// <param name="limits">How sampling and appending are tied together.</param>
    /// <param name="balance">Samples earned by appending and not yet used.</param>
    public TableMark Capture(RateLimits limits, double balance)
    {
        var priorities = new float[Priorities is null ? 0 : Size];
        for (var i = 0; i < priorities.Length; i++)
        {
            priorities[i] = Priorities!.Priority(Entry(OldestStep + i));
        }

        var oldest = Size > 0 ? _stepRecords[Entry(OldestStep)] : Records;
        return new TableMark
        {
            Records = Records,
            Steps = _stepCount,
            OldestStep = OldestStep,
            Episodes = Episodes,
            Sampled = Store.Sampled,
            Limits = limits,
            Balance = balance,
            FirstRecord = Math.Max(FirstStored, oldest - Spec.MaxLag),
            HighestPriority = Priorities?.Highest ?? 0,
            Lanes = _lanes[..Lanes],
            Priorities = priorities,
        };
    }

    /// <summary>Keeps a mark that <see cref="Capture"/> gave.</summary>
    /// <exception cref="ArgumentException">The name cannot be a mark's.</exception>
    /// <exception cref="ReplayStoreException">The store cannot keep it.</exception>
    public ValueTask SaveMarkAsync(string name, TableMark mark, CancellationToken cancellationToken)
    {
        if (!TableMark.IsName(name))
        {
            throw new ArgumentException($"'{name}' is not a mark's name (1..{TableMark.LongestName} letters, digits, '-', '_', '.').", nameof(name));
        }

        return Store.SaveMarkAsync(name, mark.ToBytes(), cancellationToken);
    }

    /// <summary>The marks that are kept.</summary>
    /// <exception cref="ReplayStoreException">One cannot be read.</exception>
    public IReadOnlyList<(string Name, TableMark Mark)> ListMarks() =>
        [.. Store.ListMarks().Select(name => (name, LoadMark(name)))];

    /// <summary>
    /// Makes the table what it was at a mark: contents, window, priorities, episodes; how often each transition was sampled
    /// counts anew. Later records are gone, and so are the marks that name them.
    /// </summary>
    /// <param name="name">The mark.</param>
    /// <param name="cancellationToken">Gives up before it has begun.</param>
    /// <returns>The mark.</returns>
    /// <exception cref="ReplayMarkException">There is no such mark, or records that it needs have been overwritten.</exception>
    /// <exception cref="ReplayStoreException">The mark is damaged, or the store cannot go back.</exception>
    public async ValueTask<TableMark> RewindAsync(string name, CancellationToken cancellationToken = default)
    {
        var (mark, point) = PrepareRewind(name);
        await Store.RewindAsync(point, cancellationToken).ConfigureAwait(false);
        FinishRewind(mark, point);
        return mark;
    }

    /// <summary>Checks that the table can go back to a mark, and changes nothing yet.</summary>
    /// <returns>The mark, and what to hand to <see cref="IReplayStore.RewindAsync"/>; then both go to <see cref="FinishRewind"/>.</returns>
    /// <exception cref="ReplayMarkException">There is no such mark, or records that it needs have been overwritten.</exception>
    /// <exception cref="ReplayStoreException">The mark is damaged, or of records that are not there.</exception>
    public (TableMark Mark, RewindPoint Point) PrepareRewind(string name)
    {
        var mark = LoadMark(name);
        if (mark.Records > Records)
        {
            throw new ReplayStoreException($"Mark '{name}' is of {mark.Records} records, and only {Records} are there: the disk did not get the others.");
        }

        if (mark.FirstRecord < FirstStored)
        {
            throw new ReplayMarkException(
                $"Mark '{name}' needs records from {mark.FirstRecord} on, and those before {FirstStored} have been overwritten: {_stepCount - mark.Steps} steps "
                + $"came since, and the table was made with rewind_steps (RewindSteps) of {Spec.RewindSteps}.");
        }

        var point = new RewindPoint(
            mark.Records,
            FirstStored,
            mark.Sampled,
            mark.HighestPriority,
            mark.OldestStep,
            mark.Priorities,
            [.. Store.ListMarks().Where(other => IsLater(other, mark.Records))]);
        return (mark, point);
    }

    /// <summary>Follows the store back to a mark.</summary>
    public void FinishRewind(TableMark mark, RewindPoint point)
    {
        // Replaying what led to the mark passes steps that had left by then; nobody is to hear of them again.
        var leaving = Leaving;
        Leaving = null;
        for (var entry = 0; entry < Spec.Capacity && Priorities is not null; entry++)
        {
            Priorities.Clear(entry);
        }

        Array.Fill(_lanes, LaneState.Idle);
        _firstRecord = point.FirstKept;
        _stepCount = OldestStep = mark.OldestStep;
        Records = mark.FirstRecord;
        while (Records < mark.Records)
        {
            var slot = Slot(Records);
            Publish(_records.AsSpan(slot, (int)Math.Min(mark.Records - Records, _records.Length - slot)));
        }

        while (OldestStep < mark.OldestStep)
        {
            DropOldest();
        }

        Episodes = mark.Episodes;
        Lanes = mark.Lanes.Length;
        mark.Lanes.CopyTo(_lanes, 0);
        for (var i = 0; i < mark.Priorities.Length; i++)
        {
            Priorities!.Set(Entry(OldestStep + i), mark.Priorities[i]);
        }

        Priorities?.Highest = mark.HighestPriority;
        Leaving = leaving;
    }

    private TableMark LoadMark(string name) => TableMark.FromBytes(
        name, Store.LoadMark(name) ?? throw new ReplayMarkException($"There is no mark '{name}'.", isUnknown: true));

    /// <summary>Whether a mark names records that come after a number; one that cannot be read stays, to be told of when it is asked for.</summary>
    private bool IsLater(string name, long records)
    {
        try
        {
            return LoadMark(name).Records > records;
        }
        catch (ReplayStoreException)
        {
            return false;
        }
    }
}
