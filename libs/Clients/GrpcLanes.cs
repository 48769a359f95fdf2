using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>Lanes that live at EnvService.</summary>
internal sealed class GrpcLanes : ILanes
{
    private const StepFlags EndFlags = StepFlags.Terminated | StepFlags.Truncated;

    /// <summary>Far below the largest message that services accept.</summary>
    private const int PieceBytes = 2 * 1024 * 1024;

    private readonly LaneExchange _exchange;
    private readonly InteractRequest _step = new() { Step = new StepLanes() };
    private readonly LaneResults _results;
    private readonly LaneObservations _observations;
    private Core.Lanes.Film? _film;
    private readonly Core.Lanes.ResetEvents[] _resets;
    private readonly long[] _info;
    private bool _hasResets;

    public GrpcLanes(LaneExchange exchange, LanesOpened opened, int lanes)
    {
        _exchange = exchange;
        Count = lanes;
        Environment = LaneMessages.ToInfo(opened.Environment);
        _results = new LaneResults(lanes);
        _observations = new LaneObservations(ObservationBytes);
        _observations.Show(opened.Observations.Memory);
        _resets = new Core.Lanes.ResetEvents[lanes];
        InfoNames = [.. opened.Environment.InfoNames];
        _info = new long[lanes * InfoNames.Count];
        TakeResets(opened.ResetEvents);
        TakeInfo(opened.Info, 0);
    }

    public EnvironmentInfo Environment { get; }

    public int Count { get; }

    public ReadOnlyMemory<byte> Observations => _observations.Current;

    public ReadOnlyMemory<byte> NextObservations => _observations.Next;

    public ReadOnlyMemory<double> Rewards => _results.Rewards;

    public ReadOnlyMemory<double> LearningRewards => _results.LearningRewards;

    public ReadOnlyMemory<int> Lives => _results.Lives;

    public ReadOnlyMemory<bool> LivesLost => _results.LivesLost;

    public ReadOnlyMemory<StepFlags> Flags => _results.Flags;

    public ReadOnlyMemory<Core.Lanes.ResetEvents> Resets => _hasResets ? _resets : default;

    public IReadOnlyList<string> InfoNames { get; }

    public ReadOnlyMemory<long> Info => _info;

    private int ObservationBytes => Environment.ObservationSpace.ByteCount;

    public Core.Lanes.Film? Film => _film;

    public async ValueTask<bool> CaptureAsync(CancellationToken cancellationToken)
    {
        var started = (await _exchange.SendAsync(
            new InteractRequest { Capture = new CaptureLane() }, cancellationToken)
                .ConfigureAwait(false)).CaptureStarted;
        if (started.Format is null)
        {
            return false;
        }

        _film = new Core.Lanes.Film(LaneMessages.ToFormat(started.Format));
        Take(started.Film);
        return true;
    }

    public async ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken)
    {
        var response = await _exchange.SendAsync(StepRequest(actions.Span), cancellationToken).ConfigureAwait(false);
        Take(response.Stepped);
    }

    public async ValueTask StepManyAsync(
        ReadOnlyMemory<int> actions, Action<int> afterStep, CancellationToken cancellationToken)
    {
        // All requests first: they are small, and the service answers while later ones are still being sent.
        var steps = actions.Length / Count;
        for (var step = 0; step < steps; step++)
        {
            await _exchange.WriteAsync(
                StepRequest(actions.Span.Slice(step * Count, Count)), cancellationToken).ConfigureAwait(false);
        }

        for (var step = 0; step < steps; step++)
        {
            Take((await _exchange.ReadAsync(cancellationToken).ConfigureAwait(false)).Stepped);
            afterStep(step);
        }
    }

    public async ValueTask ResetAsync(int lane, ulong? seed, CancellationToken cancellationToken)
    {
        var reset = new LaneReset { Lane = lane };
        if (seed is { } value)
        {
            reset.Seed = value;
        }

        var response = await _exchange
            .SendAsync(
                new InteractRequest { Reset = new ResetLanes { Resets = { reset } } },
                cancellationToken).ConfigureAwait(false);
        _observations.SetCurrent(lane, response.Reset.Observations.Span);
        if (lane == 0)
        {
            Take(response.Reset.Film);
        }
        TakeResets(response.Reset.ResetEvents);
        TakeInfo(response.Reset.Info, lane * InfoNames.Count);
    }

    public bool GameContinues(int lane) => _results.GamesContinue.Span[lane];

    public async ValueTask<double[]> PlayAsync(
        ReadOnlyMemory<byte> actions, int episodes, CancellationToken cancellationToken)
    {
        var play =
            new PlayEpisodes { Actions = UnsafeByteOperations.UnsafeWrap(actions), EpisodesPerPolicy = episodes };
        var response = await _exchange.SendAsync(
            new InteractRequest { Play = play }, cancellationToken).ConfigureAwait(false);
        return [.. response.Played.Returns];
    }

    public async ValueTask<byte[]> SaveStateAsync(CancellationToken cancellationToken)
    {
        byte[] state = [];
        var offset = 0;
        do
        {
            var saved = (await _exchange
                .SendAsync(
                    new InteractRequest { SaveState = new SaveState { Offset = offset } },
                    cancellationToken).ConfigureAwait(false)).StateSaved;
            state = offset == 0 ? new byte[saved.Size] : state;
            saved.Piece.Span.CopyTo(state.AsSpan(offset));
            offset += saved.Piece.Length;
        }
        while (offset < state.Length);

        return state;
    }

    public async ValueTask RestoreStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken)
    {
        StateRestored restored;
        var offset = 0;
        try
        {
            do
            {
                var piece = state.Slice(offset, Math.Min(PieceBytes, state.Length - offset));
                var restore = new RestoreState { Piece = UnsafeByteOperations.UnsafeWrap(piece), Size = state.Length };
                restored = (await _exchange
                    .SendAsync(
                        new InteractRequest { RestoreState = restore },
                        cancellationToken).ConfigureAwait(false)).StateRestored;
                offset += piece.Length;
            }
            while (offset < state.Length);
        }
        catch (ServiceCallException exception) when (exception.StatusCode == StatusCode.InvalidArgument)
        {
            throw new StateException(exception.Message, exception);
        }

        Take(restored.LastStep);
        _observations.Show(restored.LastStep.Observations.Memory, restored.Observations.Memory);
    }

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    private InteractRequest StepRequest(ReadOnlySpan<int> actions)
    {
        _step.Step.Actions.Clear();
        foreach (var action in actions)
        {
            _step.Step.Actions.Add(action);
        }

        return _step;
    }

    private void Take(Contracts.Env.V1.Film? film)
    {
        if (film is not null)
        {
            _film?.Take(film.Pictures.Span, film.Sound.Span);
        }
    }

    private void Take(LanesStepped stepped)
    {
        Take(stepped.Film);
        _observations.Show(stepped.Observations.Memory);
        var flags = stepped.Flags.Span;
        var firsts = stepped.ResetObservations.Span;
        for (var lane = 0; lane < Count; lane++)
        {
            var reward = stepped.Rewards[lane];
            var end = (StepFlags)flags[lane] & EndFlags;
            _results.Set(
                lane,
                reward,
                stepped.LearningRewards.Count > 0 ? stepped.LearningRewards[lane] : reward,
                stepped.Lives.Count > 0 ? stepped.Lives[lane] : 0,
                (flags[lane] & (byte)StepFlag.LifeLost) != 0,
                end,
                stepped.ContinuedGames.Contains(lane));
            if (end.EndsEpisode() && !firsts.IsEmpty)
            {
                _observations.SetCurrent(lane, firsts);
                firsts = firsts[ObservationBytes..];
            }
        }

        TakeResets(stepped.ResetEvents);
        TakeInfo(stepped.Info, 0);
    }

    private void TakeResets(RepeatedField<Contracts.Env.V1.ResetEvents> events)
    {
        if (_hasResets)
        {
            Array.Clear(_resets);
        }

        _hasResets = events.Count > 0;
        foreach (var told in events)
        {
            _resets[told.Lane] = new Core.Lanes.ResetEvents(told.Reward, told.EndedGames, told.EndedReward);
        }
    }

    private void TakeInfo(RepeatedField<long> info, int start)
    {
        for (var i = 0; i < info.Count; i++)
        {
            _info[start + i] = info[i];
        }
    }
}
