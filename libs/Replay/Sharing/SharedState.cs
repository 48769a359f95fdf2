namespace DqnAspire.Replay.Sharing;

/// <summary>What the parts of a <see cref="SharedTable"/> share.</summary>
internal sealed class SharedState
{
    /// <summary>Begins with an open table.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="observer">Is notified of changes.</param>
    public SharedState(string name, ReplayTable table, ITableObserver observer)
    {
        (Name, Table, Observer) = (name, table, observer);
        Fence = new Fence(name);
        Gate = new TableGate(Lock, Fence);
    }

    /// <summary>
    /// Guards the records in memory of <see cref="Table"/>, and all of <see cref="Fence"/> and <see cref="Gate"/>. It
    /// is held while a batch is chosen and its reads begin, never while a call waits.
    /// </summary>
    public Lock Lock { get; } = new();

    /// <summary>
    /// Guards the store of <see cref="Table"/>; taken before <see cref="Lock"/>, never while holding it.
    /// </summary>
    public WriterTurn Turn { get; } = new();

    public string Name { get; }

    public ITableObserver Observer { get; }

    public Fence Fence { get; }

    public TableGate Gate { get; }

    /// <summary>
    /// The table. It is replaced only by a reset, which holds <see cref="Turn"/> and <see cref="Lock"/>. Its records in
    /// memory change only while both are held, so a holder of either can read its counts.
    /// </summary>
    public ReplayTable Table { get; set; }

    /// <summary>Waits for the turn to change a table that is open.</summary>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public async ValueTask<WriterTurn.Held> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var turn = await Turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (Lock)
            {
                Fence.ThrowIfClosed();
            }

            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }
}
