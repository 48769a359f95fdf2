using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>Lanes in this process: the port shows the lanes' memory itself.</summary>
internal sealed class LocalLanes : ILanes
{
    private readonly EnvironmentLanes _lanes;
    private readonly LaneObservations _observations;

    public LocalLanes(string environmentId, EnvironmentLanes lanes)
    {
        _lanes = lanes;
        _observations = new LaneObservations(lanes.ObservationSpace.ByteCount);
        _observations.Show(lanes.Observations);
        Environment = new EnvironmentInfo(
            environmentId, lanes.ObservationSpace, lanes.ActionSpace.Count, lanes.MaxEpisodeSteps);
    }

    public EnvironmentInfo Environment { get; }

    public int Count => _lanes.Count;

    public ReadOnlyMemory<byte> Observations => _observations.Current;

    public ReadOnlyMemory<byte> NextObservations => _observations.Next;

    public ReadOnlyMemory<double> Rewards => _lanes.Results.Rewards;

    public ReadOnlyMemory<double> LearningRewards => _lanes.Results.LearningRewards;

    public ReadOnlyMemory<int> Lives => _lanes.Results.Lives;

    public ReadOnlyMemory<bool> LivesLost => _lanes.Results.LivesLost;

    public ReadOnlyMemory<StepFlags> Flags => _lanes.Results.Flags;

    public Film? Film => _lanes.Film;

    public ValueTask<bool> CaptureAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_lanes.Capture());
    }

    public ReadOnlyMemory<ResetEvents> Resets => _lanes.Resets;

    public IReadOnlyList<string> InfoNames => _lanes.InfoNames;

    public ReadOnlyMemory<long> Info => _lanes.Info;

    public bool GameContinues(int lane) => _lanes.Results.GamesContinue.Span[lane];

    public ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lanes.Step(actions.Span);
        Show();
        return ValueTask.CompletedTask;
    }

    public ValueTask ResetAsync(int lane, ulong? seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _lanes.Reset(lane, seed);
        if (_observations.IsSplit)
        {
            _observations.SetCurrent(lane, _lanes.CurrentObservation(lane));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<double[]> PlayAsync(
        ReadOnlyMemory<byte> actions, int episodes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var returns = new double[actions.Length / _lanes.ObservationSpace.States * episodes];
        TablePlayer.Play(_lanes, actions.Span, episodes, returns, cancellationToken);
        Show();
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
        Show();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Show()
    {
        _observations.Show(_lanes.Observations);
        if (!_lanes.AutoReset)
        {
            return;
        }

        foreach (ref readonly var episode in _lanes.Episodes)
        {
            _observations.SetCurrent(episode.Lane, _lanes.CurrentObservation(episode.Lane));
        }
    }
}
