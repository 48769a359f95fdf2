using System.Diagnostics;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.ReplayService;

/// <summary>One stream's way of drawing batches from a table; used by one call at a time.</summary>
public sealed class TableSampler
{
    private readonly SharedTable _owner;
    private readonly TransitionSpec _spec;
    private ReplayTable _table;
    private TransitionView _view;

    internal TableSampler(SharedTable owner, int era, ISampler sampler, TransitionSpec spec, int batchSize, ReplayTable table)
    {
        _owner = owner;
        Era = era;
        _spec = spec;
        _table = table;
        _view = new TransitionView(table, spec);
        Sampler = sampler;
        Buffer = new TransitionBuffer(batchSize, owner.Spec.ObservationBytes, spec);
    }

    /// <summary>Chooses the transitions.</summary>
    public ISampler Sampler { get; }

    /// <summary>The last batch.</summary>
    public TransitionBuffer Buffer { get; }

    /// <summary>Mean and largest age of the last batch's transitions: how many came after each.</summary>
    public (double Mean, long Largest) Ages { get; private set; }

    /// <summary>Time that the last batch took, without waiting for its turn.</summary>
    public TimeSpan DrawTime { get; private set; }

    /// <summary>How often the table had gone back to a mark when the sampler was opened.</summary>
    internal int Era { get; }

    /// <summary>Waits until a batch can be drawn, and draws it into <see cref="Buffer"/>.</summary>
    /// <param name="afterRecords">Records that the table must have received before.</param>
    /// <param name="mayWait">Whether to wait for transitions; for its turn in the ratio it always waits.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False when it may not wait and there are too few transitions.</returns>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    /// <exception cref="TableRewoundException">The table went back to a mark since the sampler was opened.</exception>
    public ValueTask<bool> SampleAsync(long afterRecords, bool mayWait, CancellationToken cancellationToken) =>
        _owner.SampleAsync(this, afterRecords, mayWait, cancellationToken);

    internal bool CanSample(ReplayTable table) => Sampler.CanSample(View(table), Buffer.Indices.Length);

    /// <summary>Draws a batch from the table as it is at the moment of the call, and assembles it.</summary>
    internal ValueTask DrawAsync(ReplayTable table, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var view = View(table);
        Sampler.Sample(view, Buffer.Indices, Buffer.Weights);
        var read = view.ReadAsync(Buffer.Indices, Buffer, cancellationToken);
        var sum = 0L;
        var oldest = int.MaxValue;
        foreach (var index in Buffer.Indices)
        {
            sum += index;
            oldest = Math.Min(oldest, index);
        }

        Ages = (view.Size - 1 - ((double)sum / Buffer.Indices.Length), view.Size - 1 - oldest);
        DrawTime = Stopwatch.GetElapsedTime(started);
        return read.IsCompletedSuccessfully ? read : FinishAsync(read, started);
    }

    private async ValueTask FinishAsync(ValueTask read, long started)
    {
        await read.ConfigureAwait(false);
        DrawTime = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>A table that was reset is another one.</summary>
    private TransitionView View(ReplayTable table)
    {
        if (_table != table)
        {
            _table = table;
            _view = new TransitionView(table, _spec);
        }

        return _view;
    }
}
