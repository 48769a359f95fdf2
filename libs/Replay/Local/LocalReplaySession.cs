using DqnAspire.Core;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Local;

/// <summary>A table in this process with its writer and sampler.</summary>
internal sealed class LocalReplaySession : IReplaySession
{
    private readonly ReplayTable _table;
    private readonly ISampler _sampler;
    private readonly Action<ReplayTable> _marked;
    private readonly TransitionBuffer _buffer;
    private readonly TransitionView _view;
    private readonly StepRecord[] _record = new StepRecord[1];

    /// <summary>Opens a session of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="sampler">Chooses batches.</param>
    /// <param name="spec">Size and layout of a batch.</param>
    /// <param name="marked">Receives the table when it has a mark.</param>
    public LocalReplaySession(ReplayTable table, ISampler sampler, ReplaySpec spec, Action<ReplayTable> marked)
    {
        (_table, _sampler, _marked) = (table, sampler, marked);
        _buffer = new TransitionBuffer(spec.BatchSize, table.Spec.ObservationBytes, spec.Transitions);
        _view = new TransitionView(table, spec.Transitions);
    }

    public ValueTask BeginEpisodeAsync(
        int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken) =>
        AppendAsync(new StepRecord(lane, -1, 0, StepFlags.First), observation, cancellationToken);

    public ValueTask AppendAsync(
        int lane,
        int action,
        float reward,
        StepFlags flags,
        ReadOnlyMemory<byte> nextObservation,
        CancellationToken cancellationToken) =>
        AppendAsync(new StepRecord(lane, action, reward, flags), nextObservation, cancellationToken);

    public ValueTask RequestAsync(int batches, double importanceExponent, CancellationToken cancellationToken)
    {
        // Batches are drawn when they are taken: the table does not change in between.
        if (_sampler is PrioritizedSampler prioritized)
        {
            prioritized.ImportanceExponent = importanceExponent;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<TransitionBatch> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _sampler.Sample(_view, _buffer.Indices, _buffer.Weights);
        var read = _view.ReadAsync(_buffer.Indices, _buffer, cancellationToken);
        return read.IsCompletedSuccessfully ? ValueTask.FromResult(Batch()) : WhenReadAsync(read);
    }

    public ValueTask UpdatePrioritiesAsync(
        ReadOnlyMemory<long> records, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        var change = _table.UpdatePriorities(records.Span, priorities.Span);
        return _table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, cancellationToken);
    }

    public async ValueTask<ReadOnlyMemory<byte>> MarkAsync(string name, CancellationToken cancellationToken)
    {
        await _table.Marks.SaveAsync(name, cancellationToken).ConfigureAwait(false);
        _marked(_table);
        return _sampler.State.ToBytes();
    }

    public async ValueTask DropMarkAsync(string name, CancellationToken cancellationToken) =>
        await _table.Marks.DropAsync(name, cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _table.Dispose();
        return ValueTask.CompletedTask;
    }

    private TransitionBatch Batch() => _buffer.AsBatch(withWeights: _sampler is PrioritizedSampler);

    private async ValueTask<TransitionBatch> WhenReadAsync(ValueTask read)
    {
        await read.ConfigureAwait(false);
        return Batch();
    }

    private ValueTask AppendAsync(
        StepRecord record, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken)
    {
        _record[0] = record;
        return _table.AppendAsync(_record, observation, cancellationToken);
    }
}
