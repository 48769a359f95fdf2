using System.Runtime.InteropServices;
using DqnAspire.Environments;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Agents.Replay;

/// <summary>A table in this process with its writer and sampler.</summary>
/// <param name="table">The table.</param>
/// <param name="sampler">Chooses batches.</param>
/// <param name="batchSize">Transitions in a batch.</param>
/// <param name="marked">Is told of the table when it has a mark to come back to.</param>
internal sealed class LocalReplaySession(ReplayTable table, ISampler sampler, int batchSize, Action<ReplayTable> marked) : IReplaySession
{
    private readonly TransitionBuffer _buffer = new(batchSize, table.Spec.ObservationBytes);
    private readonly TransitionView _view = new(table, new TransitionSpec());
    private readonly byte[] _actions = new byte[batchSize * sizeof(int)];
    private readonly byte[] _rewards = new byte[batchSize * sizeof(float)];
    private readonly byte[] _flags = new byte[batchSize];

    public ValueTask BeginEpisodeAsync(int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken) =>
        table.AppendAsync([new StepRecord(lane, -1, 0, RecordFlags.First)], observation, cancellationToken);

    public ValueTask AppendAsync(
        int lane, int action, float reward, StepFlags flags, ReadOnlyMemory<byte> nextObservation, CancellationToken cancellationToken) =>
        table.AppendAsync([new StepRecord(lane, action, reward, (RecordFlags)flags)], nextObservation, cancellationToken);

    public ValueTask<TransitionBatch> SampleAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        sampler.Sample(_view, _buffer.Indices, _buffer.Weights);
        _view.Read(_buffer.Indices, _buffer);
        MemoryMarshal.AsBytes(_buffer.Actions.AsSpan()).CopyTo(_actions);
        MemoryMarshal.AsBytes(_buffer.Rewards.AsSpan()).CopyTo(_rewards);
        MemoryMarshal.AsBytes(_buffer.Flags.AsSpan()).CopyTo(_flags);
        return ValueTask.FromResult(new TransitionBatch(
            batchSize, _buffer.Observations, _actions, _rewards, _buffer.NextObservations, _flags));
    }

    public async ValueTask<ReadOnlyMemory<byte>> MarkAsync(string name, CancellationToken cancellationToken)
    {
        await table.MarkAsync(name, cancellationToken).ConfigureAwait(false);
        marked(table);
        return sampler.State.ToBytes();
    }

    public ValueTask DisposeAsync()
    {
        table.Dispose();
        return ValueTask.CompletedTask;
    }
}
