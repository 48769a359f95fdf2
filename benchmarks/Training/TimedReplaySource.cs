using System.Diagnostics;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Replay;
using DqnAspire.Environments;

namespace DqnAspire.Benchmarks.Training;

/// <summary>Sums the time that is spent waiting for batches.</summary>
internal sealed class TimedReplaySource(IReplaySource source) : IReplaySource
{
    public TimeSpan Time { get; private set; }

    public async Task<IReplaySession> CreateAsync(
        string name, EnvironmentInfo environment, int capacity, int batchSize, ulong seed, CancellationToken cancellationToken) =>
        new TimedReplay(this, await source.CreateAsync(name, environment, capacity, batchSize, seed, cancellationToken).ConfigureAwait(false));

    public async Task<IReplaySession> ReopenAsync(
        string name,
        EnvironmentInfo environment,
        int batchSize,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken) =>
        new TimedReplay(this, await source.ReopenAsync(name, environment, batchSize, mark, samplerState, cancellationToken).ConfigureAwait(false));

    private sealed class TimedReplay(TimedReplaySource owner, IReplaySession session) : IReplaySession
    {
        public ValueTask BeginEpisodeAsync(int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken) =>
            session.BeginEpisodeAsync(lane, observation, cancellationToken);

        public ValueTask AppendAsync(
            int lane, int action, float reward, StepFlags flags, ReadOnlyMemory<byte> nextObservation, CancellationToken cancellationToken) =>
            session.AppendAsync(lane, action, reward, flags, nextObservation, cancellationToken);

        public async ValueTask<TransitionBatch> SampleAsync(CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            var batch = await session.SampleAsync(cancellationToken).ConfigureAwait(false);
            owner.Time += Stopwatch.GetElapsedTime(started);
            return batch;
        }

        public ValueTask<ReadOnlyMemory<byte>> MarkAsync(string name, CancellationToken cancellationToken) =>
            session.MarkAsync(name, cancellationToken);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
