using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Runs.Tests.Sessions;

/// <summary>Lanes of a service that goes away again and again.</summary>
/// <param name="source">Where the lanes are in truth.</param>
/// <param name="everySteps">Steps of one set of lanes after which it is lost; 0: it cannot be opened.</param>
internal sealed class LosingLaneSource(ILaneSource source, int everySteps) : ILaneSource
{
    /// <summary>How often lanes were lost.</summary>
    public int Losses { get; private set; }

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
        CancellationToken cancellationToken) =>
        everySteps > 0
            // Validation, which resets its lanes itself, stays.
            ? new LosingLanes(
                this,
                await source.OpenAsync(environmentId, options, lanes, seed, autoReset, cancellationToken),
                autoReset ? everySteps : int.MaxValue)
            : throw new LostException();

    private sealed class LostException() : PeerException("The games", PeerFailure.Lost, "The games went away.");

    private sealed class LosingLanes(LosingLaneSource owner, ILanes lanes, int steps) : ILanes
    {
        private int _left = steps;

        public EnvironmentInfo Environment => lanes.Environment;

        public int Count => lanes.Count;

        public ReadOnlyMemory<byte> Observations => lanes.Observations;

        public ReadOnlyMemory<byte> NextObservations => lanes.NextObservations;

        public ReadOnlyMemory<double> Rewards => lanes.Rewards;

        public ReadOnlyMemory<double> LearningRewards => lanes.LearningRewards;

        public ReadOnlyMemory<int> Lives => lanes.Lives;

        public ReadOnlyMemory<bool> LivesLost => lanes.LivesLost;

        public ReadOnlyMemory<StepFlags> Flags => lanes.Flags;

        public ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken)
        {
            if (_left-- == 0)
            {
                owner.Losses++;
                throw new LostException();
            }

            return lanes.StepAsync(actions, cancellationToken);
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
