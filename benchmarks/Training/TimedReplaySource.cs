using System.Diagnostics;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;

namespace DqnAspire.Benchmarks.Training;

/// <summary>Sums the time that is spent waiting for batches.</summary>
internal sealed class TimedReplaySource(IReplaySource source) : IReplaySource
{
    public TimeSpan Time { get; private set; }

    public async Task<IReplaySession> CreateAsync(
        ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken) =>
        new TimedReplay(this, await source.CreateAsync(spec, environment, cancellationToken).ConfigureAwait(false));

    public async Task<IReplaySession> ReopenAsync(
        ReplaySpec spec,
        EnvironmentInfo environment,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken)
    {
        var session = await source
            .ReopenAsync(spec, environment, mark, samplerState, cancellationToken).ConfigureAwait(false);
        return new TimedReplay(this, session);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        source.DeleteAsync(name, cancellationToken);

    private sealed class TimedReplay(TimedReplaySource owner, IReplaySession session) : IReplaySession
    {
        public ValueTask BeginEpisodeAsync(
            int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken) =>
            session.BeginEpisodeAsync(lane, observation, cancellationToken);

        public ValueTask AppendAsync(
            int lane,
            int action,
            float reward,
            StepFlags flags,
            ReadOnlyMemory<byte> nextObservation,
            CancellationToken cancellationToken) =>
            session.AppendAsync(lane, action, reward, flags, nextObservation, cancellationToken);

        public async ValueTask RequestAsync(int batches, double importanceExponent, CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            await session.RequestAsync(batches, importanceExponent, cancellationToken).ConfigureAwait(false);
            owner.Time += Stopwatch.GetElapsedTime(started);
        }

        public async ValueTask<TransitionBatch> TakeAsync(CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            var batch = await session.TakeAsync(cancellationToken).ConfigureAwait(false);
            owner.Time += Stopwatch.GetElapsedTime(started);
            return batch;
        }

        public ValueTask UpdatePrioritiesAsync(
            ReadOnlyMemory<long> records, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken) =>
            session.UpdatePrioritiesAsync(records, priorities, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> MarkAsync(string name, CancellationToken cancellationToken) =>
            session.MarkAsync(name, cancellationToken);

        public ValueTask DropMarkAsync(string name, CancellationToken cancellationToken) =>
            session.DropMarkAsync(name, cancellationToken);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
