using DqnAspire.Core.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Sharing;

/// <summary>
/// A table that several streams use at once. Appends take turns and are stored before samplers see them; samples and
/// other reads take turns under a lock. A call that has to wait is woken by the change that it waits for.
/// </summary>
public sealed class SharedTable : IAsyncDisposable
{
    private readonly SharedState _state;
    private readonly AppendQueue _appends;
    private readonly SampleQueue _samples;
    private readonly Func<TableManifest, ValueTask<IReplayStore>> _recreate;
    private readonly Action<SharedTable>? _ended;
    // What the store said when it could last be asked; guarded by the table's lock.
    private (long Sampled, long MemoryBytes, bool IsDurable, long Hits, long Reads) _storeStatus;

    private SharedTable(
        string name,
        ReplayTable table,
        Func<TableManifest, ValueTask<IReplayStore>> recreate,
        ITableObserver observer,
        Action<SharedTable>? ended)
    {
        _ended = ended;
        Manifest = table.Store.Manifest;
        _recreate = recreate;
        _state = new SharedState(name, table, observer);
        _appends = new AppendQueue(_state);
        _samples = new SampleQueue(_state);
        Marks = new SharedMarks(_state);
        _state.Gate.Limiter.Limits = Manifest.Limits;
    }

    /// <summary>Name of the table.</summary>
    public string Name => _state.Name;

    /// <summary>Size and shape of the table; the limits are those with which it was opened.</summary>
    public TableManifest Manifest { get; }

    /// <summary>Size of the table.</summary>
    public TableSpec Spec => Manifest.Spec;

    /// <summary>The marks to which the table can be rewound.</summary>
    public SharedMarks Marks { get; }

    /// <summary>
    /// The generation of the writers and samplers that are opened now. Commands that name an earlier one are refused,
    /// so that what a lost session sent last does nothing to the session after it.
    /// </summary>
    public long Generation
    {
        get
        {
            lock (_state.Lock)
            {
                return _state.Fence.Generation;
            }
        }
    }

    /// <summary>Counts of the table at one moment; the last ones of a table that is closed.</summary>
    public TableStatus Status
    {
        get
        {
            lock (_state.Lock)
            {
                AskStore();
                var table = _state.Table;
                var store = _storeStatus;
                return new TableStatus(
                    table.Size,
                    table.Records,
                    store.Sampled,
                    table.Episodes,
                    store.MemoryBytes,
                    store.IsDurable,
                    store.Hits,
                    store.Reads);
            }
        }
    }

    /// <summary>How sampling and appending are tied together.</summary>
    public RateLimits Limits
    {
        get
        {
            lock (_state.Lock)
            {
                return _state.Gate.Limiter.Limits;
            }
        }
    }

    /// <summary>Samples earned by appending and not yet used.</summary>
    public double Balance
    {
        get
        {
            lock (_state.Lock)
            {
                return _state.Gate.Limiter.Balance;
            }
        }
    }

    /// <summary>Opens a table with the records that its store has.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="store">Its store; the table owns it, and closes it when it cannot be read.</param>
    /// <param name="recreate">
    /// Replaces the store, which is closed, with an empty one; for <see cref="ResetAsync"/>.
    /// </param>
    /// <param name="observer">Is notified of changes.</param>
    /// <param name="ended">Is called once, when the table is closed, by whatever closes it.</param>
    /// <exception cref="ReplayStoreException">The records cannot be read.</exception>
    public static async ValueTask<SharedTable> OpenAsync(
        string name,
        IReplayStore store,
        Func<TableManifest, ValueTask<IReplayStore>> recreate,
        ITableObserver observer,
        Action<SharedTable>? ended = null)
    {
        var table = await ReplayTable.OpenAsync(store, CancellationToken.None).ConfigureAwait(false);
        table.Leaving = times => observer.Left(name, times);
        var shared = new SharedTable(name, table, recreate, observer, ended);
        observer.Opened(shared);
        return shared;
    }

    /// <summary>Opens a writer.</summary>
    /// <param name="generation">The only <see cref="Generation"/> in which it may be opened; 0: any.</param>
    /// <exception cref="TableRewoundException">It is another generation's turn.</exception>
    public TableWriter OpenWriter(long generation = 0)
    {
        lock (_state.Lock)
        {
            return new TableWriter(_appends, _state.Fence.Enter(generation));
        }
    }

    /// <summary>Opens a sampler.</summary>
    /// <param name="sampler">Chooses the transitions.</param>
    /// <param name="spec">How they are assembled.</param>
    /// <param name="batchSize">Transitions in a batch.</param>
    /// <param name="generation">As with <see cref="OpenWriter"/>.</param>
    /// <exception cref="ArgumentException">The table cannot give such transitions.</exception>
    /// <exception cref="TableRewoundException">It is another generation's turn.</exception>
    public TableSampler OpenSampler(ISampler sampler, TransitionSpec spec, int batchSize, long generation = 0)
    {
        lock (_state.Lock)
        {
            return new TableSampler(
                _samples, _state.Fence.Enter(generation), sampler, spec, batchSize, _state.Table);
        }
    }

    /// <summary>
    /// Changes how sampling and appending are tied together, and wakes the streams that may continue then.
    /// </summary>
    /// <param name="limits">The new limits; the balance begins anew.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">They cannot be saved.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public async Task SetLimitsAsync(RateLimits limits, CancellationToken cancellationToken)
    {
        using var turn = await _state.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        await _state.Table.Store.SaveLimitsAsync(limits, cancellationToken).ConfigureAwait(false);
        lock (_state.Lock)
        {
            _state.Gate.Limiter.Limits = limits;
            _state.Gate.Wake();
        }
    }

    /// <summary>Changes priorities.</summary>
    /// <param name="records">Record numbers of the transitions, as batches name them.</param>
    /// <param name="priorities">Finite and not negative, one each.</param>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <param name="generation">The only <see cref="Generation"/> that may do it; 0: any.</param>
    /// <returns>How many entries were ignored because their transition is not in the table.</returns>
    /// <exception cref="ReplayRecordException">A priority is invalid, or the table has none.</exception>
    /// <exception cref="TableRewoundException">The table is being rewound.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public async ValueTask<int> UpdatePrioritiesAsync(
        ReadOnlyMemory<long> records,
        ReadOnlyMemory<float> priorities,
        CancellationToken cancellationToken,
        long generation = 0)
    {
        ValueTask saved;
        int stale;
        lock (_state.Lock)
        {
            _state.Fence.ThrowIfClosed();
            _state.Fence.ThrowIfRewinding();
            _state.Fence.Enter(generation);
            var table = _state.Table;
            var change = table.UpdatePriorities(records.Span, priorities.Span);
            stale = change.Stale;
            saved = table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, cancellationToken);
        }

        await saved.ConfigureAwait(false);
        _state.Observer.PrioritiesUpdated(Name, records.Length, stale);
        return stale;
    }

    /// <summary>Reads the table while nothing changes it.</summary>
    /// <param name="read">Reads what is in memory, and may begin reads of the store.</param>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public T Inspect<T>(Func<ReplayTable, T> read)
    {
        lock (_state.Lock)
        {
            _state.Fence.ThrowIfClosed();
            return read(_state.Table);
        }
    }

    /// <summary>Copies the table as it is now into a folder, while it is in use.</summary>
    /// <param name="directory">Folder of the copy: absent, or empty.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <returns>The complete copy, and the transitions in it.</returns>
    /// <exception cref="NoSnapshotsException">The table's engine makes no copies.</exception>
    /// <exception cref="ReplayStoreException">The copy cannot be made.</exception>
    public async Task<(IStoreCopy Copy, int Size)> CopyAsync(string directory, CancellationToken cancellationToken)
    {
        IStoreCopy copy;
        int size;
        using (await _state.Turn.TakeAsync(cancellationToken).ConfigureAwait(false))
        {
            lock (_state.Lock)
            {
                _state.Fence.ThrowIfClosed();
                copy = _state.Table.Store.BeginCopy(directory) ?? throw new NoSnapshotsException(Name);
                size = _state.Table.Size;
            }
        }

        try
        {
            await copy.RunAsync(cancellationToken).ConfigureAwait(false);
            return (copy, size);
        }
        catch (ReplayStoreException)
        {
            // The copy of a table that is closed ends; why is what the caller wants to know.
            lock (_state.Lock)
            {
                _state.Fence.ThrowIfClosed();
            }

            throw;
        }
    }

    /// <summary>Empties the table; samplers that wait continue to wait. When it fails, the table is closed.</summary>
    /// <param name="cancellationToken">Cancels before the reset has begun.</param>
    /// <exception cref="ReplayStoreException">The store cannot be replaced.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        using var turn = await _state.Turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        RateLimits limits;
        Action<int>? leaving;
        lock (_state.Lock)
        {
            _state.Fence.ThrowIfClosed();
            (limits, leaving) = (_state.Gate.Limiter.Limits, _state.Table.Leaving);
        }

        try
        {
            lock (_state.Lock)
            {
                _state.Table.Dispose();
                // Until the new store is ready, an empty table in memory answers; the turn keeps appends from it.
                _state.Table = new ReplayTable(Spec with { Capacity = 1, RewindSteps = 0 });
            }

            var store = await _recreate(Manifest with { Limits = limits }).ConfigureAwait(false);
            var table = await ReplayTable.OpenAsync(store, CancellationToken.None).ConfigureAwait(false);
            table.Leaving = leaving;
            lock (_state.Lock)
            {
                _state.Table = table;
                _state.Gate.Limiter.Limits = limits;
                _state.Gate.Wake();
            }
        }
        catch
        {
            End(isDeleted: false);
            throw;
        }
    }

    /// <summary>Ends every use of the table and closes its store.</summary>
    public ValueTask DisposeAsync() => CloseAsync(isDeleted: false);

    /// <summary>Ends every use of the table and closes its store.</summary>
    /// <param name="isDeleted">
    /// Whether the table is closed to be deleted, which its writers and samplers are told.
    /// </param>
    public async ValueTask CloseAsync(bool isDeleted)
    {
        if (!End(isDeleted))
        {
            return;
        }

        // An append that is being stored ends first.
        using var turn = await _state.Turn.TakeAsync(CancellationToken.None).ConfigureAwait(false);
        lock (_state.Lock)
        {
            _state.Table.Dispose();
        }
    }

    /// <summary>Asks the store what only it knows, unless it is closed.</summary>
    private void AskStore()
    {
        if (_state.Fence.IsClosed)
        {
            return;
        }

        var store = _state.Table.Store;
        try
        {
            var (hits, reads) = store.CacheUse;
            _storeStatus = (store.Sampled, store.MemoryBytes, store.IsDurable, hits, reads);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Counts are asked for to look at a table, also at one whose store has failed.
        }
    }

    private bool End(bool isDeleted)
    {
        lock (_state.Lock)
        {
            AskStore();
            if (!_state.Fence.Close(isDeleted))
            {
                return false;
            }

            _storeStatus.MemoryBytes = 0;
            _state.Gate.Fail(new TableClosedException(Name, isDeleted));
        }

        _ended?.Invoke(this);
        _state.Observer.Closed(this);
        return true;
    }
}
