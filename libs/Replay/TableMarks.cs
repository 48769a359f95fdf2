using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay;

/// <summary>
/// The marks of a table: named moments to which the table can be rewound. Calls must not overlap each other, nor an
/// append.
/// </summary>
public sealed class TableMarks
{
    private readonly ReplayTable _table;

    internal TableMarks(ReplayTable table) => _table = table;

    private IReplayStore Store => _table.Store;

    /// <summary>
    /// Marks the table as it is now, as durably as its store keeps records; it replaces a mark with the same name.
    /// </summary>
    /// <param name="name">A name that satisfies <see cref="TableMark.IsName"/>.</param>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <returns>The mark.</returns>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    /// <exception cref="ReplayStoreException">The store cannot save it.</exception>
    public async ValueTask<TableMark> SaveAsync(string name, CancellationToken cancellationToken = default)
    {
        var mark = _table.Capture(RateLimits.None, 0);
        await SaveAsync(name, mark, cancellationToken).ConfigureAwait(false);
        return mark;
    }

    /// <summary>Lists the marks, by name.</summary>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <exception cref="ReplayStoreException">A mark cannot be read.</exception>
    public async ValueTask<IReadOnlyList<(string Name, TableMark Mark)>> ListAsync(
        CancellationToken cancellationToken = default)
    {
        var marks = new List<(string, TableMark)>();
        foreach (var name in await Store.ListMarksAsync(cancellationToken).ConfigureAwait(false))
        {
            marks.Add((name, await LoadAsync(name, cancellationToken).ConfigureAwait(false)));
        }

        return marks;
    }

    /// <summary>Removes a mark.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <returns>False when there is no mark with this name.</returns>
    /// <exception cref="ReplayStoreException">It cannot be removed.</exception>
    public ValueTask<bool> DropAsync(string name, CancellationToken cancellationToken = default) =>
        Store.DropMarkAsync(name, cancellationToken);

    /// <summary>
    /// Restores the contents, window, priorities and episodes of the table at a mark; how often each transition was
    /// sampled is counted anew. Later records are dropped, and so are the marks that refer to them.
    /// </summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels before the rewind has begun.</param>
    /// <returns>The mark.</returns>
    /// <exception cref="ReplayMarkException">
    /// There is no such mark, or records that it needs have been overwritten.
    /// </exception>
    /// <exception cref="ReplayStoreException">The mark is damaged, or the store cannot rewind.</exception>
    public async ValueTask<TableMark> RewindAsync(string name, CancellationToken cancellationToken = default)
    {
        var (mark, point) = await PrepareRewindAsync(name, cancellationToken).ConfigureAwait(false);
        await Store.RewindAsync(point, cancellationToken).ConfigureAwait(false);
        _table.FinishRewind(mark, point);
        return mark;
    }

    /// <summary>Saves a mark that <see cref="ReplayTable.Capture"/> gave.</summary>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    internal ValueTask SaveAsync(string name, TableMark mark, CancellationToken cancellationToken)
    {
        if (!TableMark.IsName(name))
        {
            throw new ArgumentException(
                $"'{name}' is not a mark's name (1..{TableMark.MaxNameLength} letters, digits, '-', '_', '.').",
                nameof(name));
        }

        return Store.SaveMarkAsync(name, mark.ToBytes(), cancellationToken);
    }

    /// <summary>Checks that the table can be rewound to a mark, and changes nothing.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <returns>The mark, and the contents of the store after the rewind.</returns>
    /// <exception cref="ReplayMarkException">
    /// There is no such mark, or records that it needs have been overwritten.
    /// </exception>
    /// <exception cref="ReplayStoreException">The mark is damaged, or its records are not in the store.</exception>
    public async ValueTask<(TableMark Mark, RewindPoint Point)> PrepareRewindAsync(
        string name, CancellationToken cancellationToken = default)
    {
        var mark = await LoadAsync(name, cancellationToken).ConfigureAwait(false);
        if (mark.Records > _table.Records)
        {
            throw new ReplayStoreException(
                $"Mark '{name}' is of {mark.Records} records, and only {_table.Records} are there: the disk did not "
                + "get the others.",
                StoreProblem.Damaged);
        }

        ThrowIfForeign(name, mark);
        var firstStored = _table.FirstStored;
        if (mark.FirstRecord < firstStored)
        {
            throw new ReplayMarkException(
                $"Mark '{name}' needs records from {mark.FirstRecord} on, and those before {firstStored} have been "
                + $"overwritten: {_table.Steps - mark.Steps} steps came since, and the table was made with "
                + $"rewind_steps (RewindSteps) of {_table.Spec.RewindSteps}.");
        }

        var later = new List<string>();
        foreach (var other in await Store.ListMarksAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await IsLaterAsync(other, mark.Records, cancellationToken).ConfigureAwait(false))
            {
                later.Add(other);
            }
        }

        return (mark, new RewindPoint(
            mark.Records, firstStored, mark.Sampled, mark.MaxPriority, mark.OldestStep, mark.Priorities, later));
    }

    /// <summary>Refuses a mark that cannot be of this table, before anything is changed.</summary>
    private void ThrowIfForeign(string name, TableMark mark)
    {
        var isOurs = mark.Size <= _table.Spec.Capacity && (_table.Priorities is { } index
            ? mark.Priorities.Length == mark.Size && index.Allows(mark.MaxPriority)
                && Array.TrueForAll(mark.Priorities, index.Allows)
            : mark.Priorities.Length == 0);
        if (!isOurs)
        {
            throw new ReplayStoreException(
                $"Mark '{name}' is damaged: it is not of a table like this one.", StoreProblem.Damaged);
        }
    }

    private async ValueTask<TableMark> LoadAsync(string name, CancellationToken cancellationToken)
    {
        var bytes = await Store.LoadMarkAsync(name, cancellationToken).ConfigureAwait(false);
        return TableMark.FromBytes(
            name, bytes ?? throw new ReplayMarkException($"There is no mark '{name}'.", isUnknown: true));
    }

    /// <summary>
    /// Whether a mark refers to records after a number. A mark that cannot be read stays, so that asking for it says
    /// why.
    /// </summary>
    private async ValueTask<bool> IsLaterAsync(string name, long records, CancellationToken cancellationToken)
    {
        try
        {
            return (await LoadAsync(name, cancellationToken).ConfigureAwait(false)).Records > records;
        }
        catch (ReplayStoreException)
        {
            return false;
        }
    }
}
