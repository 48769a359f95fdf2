using System.Diagnostics;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Benchmarks.Training;

/// <summary>Sums the time that is spent waiting for environments.</summary>
internal sealed class TimedLaneSource(ILaneSource source) : ILaneSource
{
    public TimeSpan Time { get; private set; }

    public long Steps { get; private set; }

    public Task<string?> FindProblemAsync(string environmentId, CancellationToken cancellationToken) =>
        source.FindProblemAsync(environmentId, cancellationToken);

    public Task<EnvironmentDescription?> DescribeAsync(
        string environmentId, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken) =>
        source.DescribeAsync(environmentId, options, cancellationToken);

    public async Task<ILanes> OpenAsync(
        string environmentId,
        IReadOnlyDictionary<string, string> options,
        int lanes,
        ulong seed,
        bool autoReset,
        CancellationToken cancellationToken)
    {
        var opened = await source
            .OpenAsync(environmentId, options, lanes, seed, autoReset, cancellationToken).ConfigureAwait(false);
        return new TimedLanes(this, opened);
    }

    private sealed class TimedLanes(TimedLaneSource owner, ILanes lanes) : ILanes
    {
        public EnvironmentInfo Environment => lanes.Environment;

        public int Count => lanes.Count;

        public ReadOnlyMemory<byte> Observations => lanes.Observations;

        public ReadOnlyMemory<byte> NextObservations => lanes.NextObservations;

        public ReadOnlyMemory<double> Rewards => lanes.Rewards;

        public ReadOnlyMemory<double> LearningRewards => lanes.LearningRewards;

        public ReadOnlyMemory<int> Lives => lanes.Lives;

        public ReadOnlyMemory<bool> LivesLost => lanes.LivesLost;

        public ReadOnlyMemory<StepFlags> Flags => lanes.Flags;

        public async ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            await lanes.StepAsync(actions, cancellationToken).ConfigureAwait(false);
            owner.Time += Stopwatch.GetElapsedTime(started);
            owner.Steps++;
        }

        public ValueTask StepManyAsync(
            ReadOnlyMemory<int> actions, Action<int> afterStep, CancellationToken cancellationToken) =>
            lanes.StepManyAsync(actions, afterStep, cancellationToken);

        public ValueTask ResetAsync(int lane, ulong? seed, CancellationToken cancellationToken) =>
            lanes.ResetAsync(lane, seed, cancellationToken);

        public ValueTask<double[]> PlayAsync(
            ReadOnlyMemory<byte> actions, int episodes, CancellationToken cancellationToken) =>
            lanes.PlayAsync(actions, episodes, cancellationToken);

        public ValueTask<byte[]> SaveStateAsync(CancellationToken cancellationToken) =>
            lanes.SaveStateAsync(cancellationToken);

        public ValueTask RestoreStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken) =>
            lanes.RestoreStateAsync(state, cancellationToken);

        public ValueTask DisposeAsync() => lanes.DisposeAsync();
    }
}
