using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.ReplayService;

/// <summary>
/// A table that several streams use. Appends take turns, and are stored before anyone sees them; samples and what else looks
/// at the table take turns under a lock, so a batch shows the table between two appends. Whoever has to wait is woken by the
/// change that brings what it waits for.
/// </summary>
public sealed class SharedTable : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly Func<TableManifest, IReplayStore> _renew;
    private readonly ReplayMetrics _metrics;
    private readonly RateLimiter _limiter = new();
    private readonly List<Waiter> _waiters = [];
    private ReplayTable _table;
    private bool _closed;
    private bool _isRewinding;
    // Writers and samplers are of the era in which they were opened; going back to a mark begins the next.
    private int _era;

    /// <summary>A table with what its store has of it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="manifest">What it is.</param>
    /// <param name="store">Where its records lie; owned by the table.</param>
    /// <param name="renew">Replaces the store, which is closed already, with an empty one of a manifest.</param>
    /// <param name="metrics">Is told what happens.</param>
    /// <exception cref="ReplayStoreException">What the store has cannot be read.</exception>
    public SharedTable(string name, TableManifest manifest, IReplayStore store, Func<TableManifest, IReplayStore> renew, ReplayMetrics metrics)
    {
        Name = name;
        Manifest = manifest;
        _renew = renew;
        _metrics = metrics;
        _limiter.Limits = manifest.Limits;
        _table = Open(store);
        metrics.Opened(this);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is; its limits are those it was made with.</summary>
    public TableManifest Manifest { get; }

    /// <summary>Its size.</summary>
    public TableSpec Spec => Manifest.Spec;

    /// <summary>Its fill at one moment.</summary>
    public TableStatus Status
    {
        get
        {
            lock (_lock)
            {
                var cache = _table.Store.CacheUse;
                return new TableStatus(
                    _table.Size,
                    _table.Records,
                    _table.Store.Sampled,
                    _table.Episodes,
                    _closed ? 0 : _table.Store.MemoryBytes,
                    _table.Store.IsDurable,
                    cache.Hits,
                    cache.Reads);
            }
        }
    }

    /// <summary>How sampling and appending are tied together, and where the two stand; changing it wakes whoever may go on.</summary>
    public RateLimits Limits
    {
        get
        {
            lock (_lock)
            {
                return _limiter.Limits;
            }
        }

        set
        {
            lock (_lock)
            {
                ThrowIfClosed();
                _table.Store.SaveLimits(value);
                _limiter.Limits = value;
                Wake();
            }
        }
    }

    /// <summary>Samples earned by appending and not yet used.</summary>
    public double Balance
    {
        get
        {
            lock (_lock)
            {
                return _limiter.Balance;
            }
        }
    }

    /// <summary>Opens a writer.</summary>
    public TableWriter OpenWriter()
    {
        lock (_lock)
        {
            return new TableWriter(this, _era);
        }
    }

    internal async ValueTask<long> AppendAsync(
        ReadOnlyMemory<StepRecord> records, ReadOnlyMemory<byte> observations, int era, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Not while holding the turn: a reset or a snapshot must not wait for samplers.
            await WaitAsync(new Waiter(MayAppend, null), era, cancellationToken).ConfigureAwait(false);
            await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                ReplayTable table;
                Memory<StoredRecord> block;
                lock (_lock)
                {
                    ThrowIfOver(era);
                    // Another writer may have been faster.
                    if (!MayAppend())
                    {
                        continue;
                    }

                    table = _table;
                    block = table.Prepare(records.Span, observations.Length);
                }

                await table.Store.AppendAsync(table.Records, block, observations, cancellationToken).ConfigureAwait(false);
                lock (_lock)
                {
                    var size = table.Size;
                    var steps = table.Steps;
                    table.Publish(block.Span);
                    _limiter.Appended((int)(table.Steps - steps), size);
                    Wake();
                }

                _metrics.Appended(Name, records.Length, observations.Length);
                return table.Records;
            }
            finally
            {
                _writer.Release();
            }
        }
    }

    /// <summary>Opens a sampler.</summary>
    /// <param name="sampler">Chooses the transitions.</param>
    /// <param name="spec">How they are assembled.</param>
    /// <param name="batchSize">Transitions in a batch.</param>
    /// <exception cref="ArgumentException">The table cannot give such transitions.</exception>
    public TableSampler OpenSampler(ISampler sampler, TransitionSpec spec, int batchSize)
    {
        lock (_lock)
        {
            return new TableSampler(this, _era, sampler, spec, batchSize, _table);
        }
    }

    /// <summary>Changes priorities.</summary>
    /// <returns>How many entries were ignored because their transition is not there.</returns>
    /// <exception cref="ReplayRecordException">A priority cannot be, or the table keeps none.</exception>
    /// <exception cref="TableRewoundException">The table goes back to a mark at this moment.</exception>
    public async ValueTask<int> UpdatePrioritiesAsync(ReadOnlyMemory<long> records, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        ValueTask saved;
        int stale;
        lock (_lock)
        {
            ThrowIfClosed();
            if (_isRewinding)
            {
                throw new TableRewoundException(Name);
            }

            var change = _table.UpdatePriorities(records.Span, priorities.Span);
            stale = change.Stale;
            saved = _table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, cancellationToken);
        }

        await saved.ConfigureAwait(false);
        _metrics.PrioritiesUpdated(Name, records.Length, stale);
        return stale;
    }

    /// <summary>Looks at the table while nothing changes it.</summary>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public T Inspect<T>(Func<ReplayTable, T> look)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            return look(_table);
        }
    }

    /// <summary>Copies the table as it is now into a folder, while it stays in use.</summary>
    /// <returns>The finished copy, and the transitions in it.</returns>
    /// <exception cref="NoDataDirectoryException">The table is in memory.</exception>
    /// <exception cref="ReplayStoreException">The copy cannot be made.</exception>
    public async Task<(IStoreCopy Copy, int Size)> CopyAsync(string directory, CancellationToken cancellationToken)
    {
        IStoreCopy copy;
        int size;
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                ThrowIfClosed();
                copy = _table.Store.BeginCopy(directory) ?? throw new NoDataDirectoryException(Name);
                size = _table.Size;
            }
        }
        finally
        {
            _writer.Release();
        }

        await Task.Run(() => copy.Run(cancellationToken), CancellationToken.None).ConfigureAwait(false);
        return (copy, size);
    }

    /// <summary>Remembers the table as it is.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="afterRecords">Records that the table must have received before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The name cannot be a mark's.</exception>
    /// <exception cref="ReplayStoreException">The store cannot keep it.</exception>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    /// <exception cref="TableRewoundException">The table went back to a mark instead of receiving the records.</exception>
    public async Task<TableMark> MarkAsync(string name, long afterRecords, CancellationToken cancellationToken)
    {
        int era;
        lock (_lock)
        {
            era = _era;
        }

        bool HasRecords() => _table.Records >= afterRecords;
        await WaitAsync(new Waiter(HasRecords, HasRecords), era, cancellationToken).ConfigureAwait(false);
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ReplayTable table;
            TableMark mark;
            lock (_lock)
            {
                ThrowIfOver(era);
                table = _table;
                mark = table.Capture(_limiter.Limits, _limiter.Balance);
            }

            await table.SaveMarkAsync(name, mark, cancellationToken).ConfigureAwait(false);
            return mark;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Makes the table what it was at a mark; ends all writers and samplers.</summary>
    /// <exception cref="ReplayMarkException">The table cannot go back there.</exception>
    /// <exception cref="ReplayStoreException">The mark is damaged, or the store cannot go back.</exception>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public async Task<TableMark> RewindAsync(string name, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ReplayTable table;
            TableMark mark;
            RewindPoint point;
            lock (_lock)
            {
                ThrowIfClosed();
                table = _table;
                (mark, point) = table.PrepareRewind(name);
                _isRewinding = true;
                _era++;
                EndWaiters(new TableRewoundException(Name));
            }

            try
            {
                await table.Store.RewindAsync(point, CancellationToken.None).ConfigureAwait(false);
                lock (_lock)
                {
                    table.FinishRewind(mark, point);
                    _limiter.Restore(mark.Limits, mark.Balance);
                }
            }
            finally
            {
                lock (_lock)
                {
                    _isRewinding = false;
                    Wake();
                }
            }

            return mark;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>The table's marks, by name.</summary>
    /// <exception cref="ReplayStoreException">One cannot be read.</exception>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public IReadOnlyList<(string Name, TableMark Mark)> ListMarks() => Inspect(table => table.ListMarks());

    /// <summary>Forgets a mark.</summary>
    /// <returns>False when there is none of this name.</returns>
    /// <exception cref="ReplayStoreException">It cannot be removed.</exception>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public async Task<bool> DropMarkAsync(string name, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Inspect(table => table.Store.DropMarkAsync(name, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Empties the table; samplers that wait go on waiting.</summary>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                ThrowIfClosed();
                var limits = _limiter.Limits;
                _table.Dispose();
                _table = Open(_renew(Manifest with { Limits = limits }));
                _limiter.Limits = limits;
                Wake();
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Ends every use of the table.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            EndWaiters(new TableClosedException(Name));
        }

        // An append that is being stored ends first.
        _writer.Wait();
        lock (_lock)
        {
            _table.Dispose();
        }

        _writer.Release();
        _metrics.Closed(this);
    }

    /// <summary>Waits until a batch can be drawn, and draws it.</summary>
    /// <returns>False when it may not wait and there are too few transitions.</returns>
    internal async ValueTask<bool> SampleAsync(TableSampler sampler, long afterRecords, bool mayWait, CancellationToken cancellationToken)
    {
        bool HasData() => !_isRewinding && _table.Records >= afterRecords && _table.Size >= _limiter.Limits.MinSize && sampler.CanSample(_table);
        bool HasRecords() => !_isRewinding && _table.Records >= afterRecords;
        while (true)
        {
            if (!mayWait)
            {
                await WaitAsync(new Waiter(HasRecords, HasRecords), sampler.Era, cancellationToken).ConfigureAwait(false);
                lock (_lock)
                {
                    if (!HasData())
                    {
                        return false;
                    }
                }
            }

            await WaitAsync(new Waiter(() => HasData() && _limiter.MaySample(_table.Size), HasData), sampler.Era, cancellationToken).ConfigureAwait(false);
            ValueTask drawn;
            lock (_lock)
            {
                ThrowIfOver(sampler.Era);
                // Another sampler may have been faster.
                if (!HasData() || !_limiter.MaySample(_table.Size))
                {
                    continue;
                }

                drawn = sampler.DrawAsync(_table, cancellationToken);
                _table.Store.Sampled += sampler.Buffer.Indices.Length;
                _limiter.Sampled(sampler.Buffer.Indices.Length);
                Wake();
            }

            // What is far away comes while others use the table.
            await drawn.ConfigureAwait(false);
            return true;
        }
    }

    private ReplayTable Open(IReplayStore store)
    {
        try
        {
            return new ReplayTable(Spec, store) { Leaving = times => _metrics.Left(Name, times) };
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private bool MayAppend() =>
        _limiter.MayAppend(_table.Size) || _waiters.Exists(w => w.HasData is { } hasData && !hasData());

    private async ValueTask WaitAsync(Waiter waiter, int era, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ThrowIfOver(era);
            if (waiter.CanGo())
            {
                return;
            }

            _waiters.Add(waiter);
            // An append that waits may go on when a sampler begins to wait for transitions.
            Wake();
        }

        try
        {
            await waiter.Ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }

            throw;
        }
    }

    private void Wake()
    {
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].CanGo())
            {
                _waiters[i].Ready.TrySetResult();
                _waiters.RemoveAt(i);
            }
        }
    }

    private void EndWaiters(Exception reason)
    {
        foreach (var waiter in _waiters)
        {
            waiter.Ready.TrySetException(reason);
        }

        _waiters.Clear();
    }

    private void ThrowIfOver(int era)
    {
        ThrowIfClosed();
        if (era != _era)
        {
            throw new TableRewoundException(Name);
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new TableClosedException(Name);
        }
    }

    /// <summary>Somebody who waits.</summary>
    /// <param name="CanGo">Whether the wait is over.</param>
    /// <param name="HasData">For samplers: whether the table has what a batch needs, so that only the limiter holds it up.</param>
    private sealed record Waiter(Func<bool> CanGo, Func<bool>? HasData)
    {
        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
