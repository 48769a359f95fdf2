using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Sharing;

/// <summary>
/// The marks of a table that several streams use. Marking, rewinding and removing take turns with appends.
/// </summary>
public sealed class SharedMarks
{
    private readonly SharedState _state;

    internal SharedMarks(SharedState state) => _state = state;

    /// <summary>Marks the table as it is.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="afterRecords">Records that the table must have received before.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="generation">
    /// The only generation that may do it, <see cref="SharedTable.Generation"/>; 0: any.
    /// </param>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    /// <exception cref="ReplayStoreException">The store cannot save it.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    /// <exception cref="TableRewoundException">The table was rewound instead of receiving the records.</exception>
    public async Task<TableMark> SaveAsync(
        string name, long afterRecords, CancellationToken cancellationToken, long generation = 0)
    {
        lock (_state.Lock)
        {
            generation = _state.Fence.Enter(generation);
        }

        bool HasRecords() => _state.Table.Records >= afterRecords;
        var waiter = new Waiter(HasRecords, HasRecords);
        await _state.Gate.WaitAsync(waiter, generation, cancellationToken).ConfigureAwait(false);
        using var turn = await _state.Turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        TableMark mark;
        lock (_state.Lock)
        {
            _state.Fence.ThrowIfEnded(generation);
            var limiter = _state.Gate.Limiter;
            mark = _state.Table.Capture(limiter.Limits, limiter.Balance);
        }

        await _state.Table.Marks.SaveAsync(name, mark, cancellationToken).ConfigureAwait(false);
        return mark;
    }

    /// <summary>Rewinds the table to a mark; ends all writers and samplers.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels before the rewind has begun.</param>
    /// <returns>The mark, and the generation that begins with it.</returns>
    /// <exception cref="ReplayMarkException">The table cannot be rewound to it.</exception>
    /// <exception cref="ReplayStoreException">The mark is damaged, or the store cannot rewind.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public async Task<(TableMark Mark, long Generation)> RewindAsync(string name, CancellationToken cancellationToken)
    {
        using var turn = await _state.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        var table = _state.Table;
        var (mark, point) = await table.Marks.PrepareRewindAsync(name, cancellationToken).ConfigureAwait(false);
        long generation;
        lock (_state.Lock)
        {
            _state.Fence.ThrowIfClosed();
            _state.Fence.BeginRewind();
            generation = _state.Fence.Generation;
            _state.Gate.Fail(new TableRewoundException(_state.Name));
        }

        try
        {
            await table.Store.RewindAsync(point, CancellationToken.None).ConfigureAwait(false);
            lock (_state.Lock)
            {
                table.FinishRewind(mark, point);
                _state.Gate.Limiter.Restore(mark.Limits, mark.Balance);
            }
        }
        finally
        {
            lock (_state.Lock)
            {
                _state.Fence.EndRewind();
                _state.Gate.Wake();
            }
        }

        return (mark, generation);
    }

    /// <summary>Lists the marks, by name.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">A mark cannot be read.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public async Task<IReadOnlyList<(string Name, TableMark Mark)>> ListAsync(CancellationToken cancellationToken)
    {
        using var turn = await _state.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        return await _state.Table.Marks.ListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a mark.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="generation">As with <see cref="SaveAsync"/>.</param>
    /// <returns>False when there is no mark with this name.</returns>
    /// <exception cref="ReplayStoreException">It cannot be removed.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public async Task<bool> DropAsync(string name, CancellationToken cancellationToken, long generation = 0)
    {
        using var turn = await _state.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        lock (_state.Lock)
        {
            _state.Fence.Enter(generation);
        }

        return await _state.Table.Marks.DropAsync(name, cancellationToken).ConfigureAwait(false);
    }
}
