using System.Diagnostics;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Sharing;

/// <summary>
/// One stream's access for sampling a table; its calls must not overlap. A rewind of the table ends it.
/// </summary>
public sealed class TableSampler
{
    private readonly SampleQueue _samples;
    private readonly TransitionSpec _spec;
    private ReplayTable _table;
    private TransitionView _view;

    internal TableSampler(
        SampleQueue samples, long generation, ISampler sampler, TransitionSpec spec, int batchSize, ReplayTable table)
    {
        _samples = samples;
        Generation = generation;
        _spec = spec;
        _table = table;
        _view = new TransitionView(table, spec);
        Sampler = sampler;
        Buffer = new TransitionBuffer(batchSize, table.Spec.ObservationBytes, spec);
    }

    /// <summary>Chooses the transitions.</summary>
    public ISampler Sampler { get; }

    /// <summary>The last batch.</summary>
    public TransitionBuffer Buffer { get; }

    /// <summary>Mean and maximum age of the last batch's transitions: how many arrived after each.</summary>
    public (double Mean, long Max) Ages { get; private set; }

    /// <summary>Time to draw the last batch, without waiting for its turn.</summary>
    public TimeSpan DrawTime { get; private set; }

    /// <summary>The table's generation in which the sampler was opened.</summary>
    internal long Generation { get; }

    /// <summary>Waits until a batch can be drawn, and draws it into <see cref="Buffer"/>.</summary>
    /// <param name="afterRecords">Records that the table must have received before.</param>
    /// <param name="mayWait">Whether to wait for transitions; the sampler always waits for the rate limiter.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there are too few transitions and it may not wait for them.</returns>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    /// <exception cref="TableRewoundException">The table was rewound since the sampler was opened.</exception>
    public ValueTask<bool> SampleAsync(long afterRecords, bool mayWait, CancellationToken cancellationToken) =>
        _samples.SampleAsync(this, afterRecords, mayWait, cancellationToken);

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

    /// <summary>A reset replaces the table, and so the view.</summary>
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
