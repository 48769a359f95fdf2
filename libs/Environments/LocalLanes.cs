using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>Lanes in this process.</summary>
internal sealed class LocalLanes : ILanes
{
    private readonly EnvironmentLanes _lanes;
    private readonly int _stride;
    private readonly byte[] _observations;
    private readonly double[] _rewards;
    private readonly double[] _learningRewards;
    private readonly int[] _lives;
    private readonly bool[] _livesLost;
    private readonly StepFlags[] _flags;

    public LocalLanes(string environmentId, EnvironmentLanes lanes)
    {
        _lanes = lanes;
        _stride = lanes.ObservationSpace.ByteCount;
        _observations = lanes.Observations.ToArray();
        _rewards = new double[lanes.Count];
        _learningRewards = new double[lanes.Count];
        _lives = new int[lanes.Count];
        _livesLost = new bool[lanes.Count];
        _flags = new StepFlags[lanes.Count];
        Environment = new EnvironmentInfo(environmentId, lanes.ObservationSpace, lanes.ActionSpace.Count, lanes.MaxEpisodeSteps);
    }

    public EnvironmentInfo Environment { get; }

    public int Count => _lanes.Count;

    public ReadOnlyMemory<byte> Observations => _observations;

    public ReadOnlyMemory<byte> NextObservations => _lanes.Observations;

    public ReadOnlyMemory<double> Rewards => _rewards;

    public ReadOnlyMemory<double> LearningRewards => _learningRewards;

    public ReadOnlyMemory<int> Lives => _lives;

    public ReadOnlyMemory<bool> LivesLost => _livesLost;

    public ReadOnlyMemory<StepFlags> Flags => _flags;

    public ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lanes.Step(actions.Span);
        TakeAll();
        return ValueTask.CompletedTask;
    }

    public async ValueTask StepManyAsync(ReadOnlyMemory<int> actions, Action<int> afterStep, CancellationToken cancellationToken)
    {
        for (var step = 0; step < actions.Length / Count; step++)
        {
            await StepAsync(actions.Slice(step * Count, Count), cancellationToken).ConfigureAwait(false);
            afterStep(step);
        }
    }

    public ValueTask ResetAsync(int lane, ulong? seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lanes.Reset(lane, seed);
        TakeCurrent(lane);
        return ValueTask.CompletedTask;
    }

    public ValueTask<double[]> PlayAsync(ReadOnlyMemory<byte> actions, int episodes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var returns = new double[actions.Length / _lanes.ObservationSpace.States * episodes];
        TablePlayer.Play(_lanes, actions.Span, episodes, returns);
        return ValueTask.FromResult(returns);
    }

    public ValueTask<byte[]> SaveStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_lanes.SaveState());
    }

    public ValueTask RestoreStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lanes.RestoreState(state.Span);
        TakeAll();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void TakeAll()
    {
        _lanes.Rewards.CopyTo(_rewards);
        _lanes.LearningRewards.CopyTo(_learningRewards);
        _lanes.Lives.CopyTo(_lives);
        _lanes.LivesLost.CopyTo(_livesLost);
        _lanes.Flags.CopyTo(_flags);
        for (var lane = 0; lane < Count; lane++)
        {
            TakeCurrent(lane);
        }
    }

    private void TakeCurrent(int lane) => _lanes.CurrentObservation(lane).CopyTo(_observations.AsSpan(lane * _stride, _stride));
}
