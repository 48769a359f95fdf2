using DqnAspire.Replay;

namespace DqnAspire.ReplayService;

/// <summary>
/// A table that several streams use. Appends and samples take turns under one lock, so a batch shows the table between two
/// appends. A sampler that has to wait is woken by the append that brings what it waits for.
/// </summary>
public sealed class SharedTable
{
    private readonly Lock _lock = new();
    private readonly ReplayMetrics _metrics;
    private readonly List<Waiter> _waiters = [];
    private ReplayTable _table;
    private long _sampled;
    private bool _closed;

    /// <summary>An empty table.</summary>
    public SharedTable(string name, int[] shape, ElementKind element, TableSpec spec, ReplayMetrics metrics)
    {
        Name = name;
        Shape = shape;
        Element = element;
        Spec = spec;
        _metrics = metrics;
        _table = new ReplayTable(spec);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Axes of an observation.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Type of an observation's elements.</summary>
    public ElementKind Element { get; }

    /// <summary>Its size.</summary>
    public TableSpec Spec { get; }

    /// <summary>Its fill at one moment.</summary>
    public TableStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new TableStatus(_table.Size, _table.Records, _sampled, _table.Episodes, _table.ObservationMemory);
            }
        }
    }

    /// <summary>Most bytes that a table's observations can take.</summary>
    public static long MostBytes(TableSpec spec) => (long)ReplayTable.StorageSlots(spec) * spec.ObservationBytes;

    /// <summary>Appends a block, whole or not at all.</summary>
    /// <returns>Records received so far.</returns>
    /// <exception cref="ReplayRecordException">A record cannot be.</exception>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public long Append(ReadOnlySpan<StepRecord> records, ReadOnlySpan<byte> observations)
    {
        long received;
        lock (_lock)
        {
            ThrowIfClosed();
            _table.Append(records, observations);
            received = _table.Records;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (IsReady(_waiters[i].AfterRecords, _waiters[i].Size))
                {
                    _waiters[i].Ready.TrySetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }

        _metrics.Appended(Name, records.Length, observations.Length);
        return received;
    }

    /// <summary>Waits until a batch can be drawn.</summary>
    /// <param name="afterRecords">Records that must have been received.</param>
    /// <param name="size">Transitions that must be there.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public ValueTask WaitAsync(long afterRecords, int size, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            ThrowIfClosed();
            if (IsReady(afterRecords, size))
            {
                return ValueTask.CompletedTask;
            }

            waiter = new Waiter(afterRecords, size, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
        }

        return new ValueTask(WaitAsync(waiter, cancellationToken));
    }

    /// <summary>Draws a batch.</summary>
    /// <param name="sampler">Chooses the transitions.</param>
    /// <param name="batch">Receives them; it is filled whole.</param>
    /// <returns>False when there are too few transitions for the batch.</returns>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public bool TrySample(ISampler sampler, TransitionBuffer batch)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            if (_table.Size < sampler.RequiredSize(batch.Indices.Length))
            {
                return false;
            }

            sampler.Sample(_table.Size, batch.Indices);
            _table.Read(batch.Indices, batch);
            _sampled += batch.Indices.Length;
            return true;
        }
    }

    /// <summary>Empties the table; samplers that wait go on waiting.</summary>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    public void Reset()
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _table = new ReplayTable(Spec);
            _sampled = 0;
        }
    }

    /// <summary>Ends every use of the table.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var waiter in _waiters)
            {
                waiter.Ready.TrySetException(new TableClosedException(Name));
            }

            _waiters.Clear();
        }
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
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

    private bool IsReady(long afterRecords, int size) => _table.Records >= afterRecords && _table.Size >= size;

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new TableClosedException(Name);
        }
    }

    private sealed record Waiter(long AfterRecords, int Size, TaskCompletionSource Ready);
}
