using DqnAspire.Contracts;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>Lanes that live at EnvService.</summary>
internal sealed class GrpcLanes : ILanes
{
    private const StepFlags EndFlags = StepFlags.Terminated | StepFlags.Truncated;

    /// <summary>Far below the greatest message that services take.</summary>
    private const int PieceBytes = 2 * 1024 * 1024;

    private readonly LaneExchange _exchange;
    private readonly InteractRequest _step = new() { Step = new StepLanes() };
    private readonly byte[] _observations;
    private readonly double[] _rewards;
    private readonly double[] _learningRewards;
    private readonly int[] _lives;
    private readonly bool[] _livesLost;
    private readonly StepFlags[] _flags;
    private ReadOnlyMemory<byte> _nextObservations;

    public GrpcLanes(LaneExchange exchange, LanesOpened opened, int lanes)
    {
        _exchange = exchange;
        Count = lanes;
        Environment = ToInfo(opened.Environment);
        _observations = opened.Observations.ToByteArray();
        _nextObservations = _observations;
        _rewards = new double[lanes];
        _learningRewards = new double[lanes];
        _lives = new int[lanes];
        _livesLost = new bool[lanes];
        _flags = new StepFlags[lanes];
    }

    public EnvironmentInfo Environment { get; }

    public int Count { get; }

    public ReadOnlyMemory<byte> Observations => _observations;

    public ReadOnlyMemory<byte> NextObservations => _nextObservations;

    public ReadOnlyMemory<double> Rewards => _rewards;

    public ReadOnlyMemory<double> LearningRewards => _learningRewards;

    public ReadOnlyMemory<int> Lives => _lives;

    public ReadOnlyMemory<bool> LivesLost => _livesLost;

    public ReadOnlyMemory<StepFlags> Flags => _flags;

    public async ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken)
    {
        var response = await _exchange.SendAsync(StepRequest(actions.Span), cancellationToken).ConfigureAwait(false);
        Take(response.Stepped);
    }

    public async ValueTask StepManyAsync(ReadOnlyMemory<int> actions, Action<int> afterStep, CancellationToken cancellationToken)
    {
        // All requests first: they are small, and the service answers while later ones are still on their way.
        var steps = actions.Length / Count;
        for (var step = 0; step < steps; step++)
        {
            await _exchange.WriteAsync(StepRequest(actions.Span.Slice(step * Count, Count)), cancellationToken).ConfigureAwait(false);
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
            .SendAsync(new InteractRequest { Reset = new ResetLanes { Resets = { reset } } }, cancellationToken).ConfigureAwait(false);
        response.Reset.Observations.Span.CopyTo(Lane(lane));
    }

    public async ValueTask<double[]> PlayAsync(ReadOnlyMemory<byte> actions, int episodes, CancellationToken cancellationToken)
    {
        var play = new PlayEpisodes { Actions = UnsafeByteOperations.UnsafeWrap(actions), EpisodesPerPolicy = episodes };
        var response = await _exchange.SendAsync(new InteractRequest { Play = play }, cancellationToken).ConfigureAwait(false);
        return [.. response.Played.Returns];
    }

    public async ValueTask<byte[]> SaveStateAsync(CancellationToken cancellationToken)
    {
        byte[] state = [];
        var offset = 0;
        do
        {
            var saved = (await _exchange
                .SendAsync(new InteractRequest { SaveState = new SaveState { Offset = offset } }, cancellationToken).ConfigureAwait(false)).StateSaved;
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
                    .SendAsync(new InteractRequest { RestoreState = restore }, cancellationToken).ConfigureAwait(false)).StateRestored;
                offset += piece.Length;
            }
            while (offset < state.Length);
        }
        catch (ServiceCallException exception) when (exception.StatusCode == StatusCode.InvalidArgument)
        {
            throw new StateException(exception.Message, exception);
        }

        Take(restored.LastStep);
        restored.Observations.Span.CopyTo(_observations);
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

    private void Take(LanesStepped stepped)
    {
        _nextObservations = stepped.Observations.Memory;
        stepped.Observations.Span.CopyTo(_observations);
        var flags = stepped.Flags.Span;
        var firsts = stepped.ResetObservations.Span;
        for (var lane = 0; lane < Count; lane++)
        {
            _rewards[lane] = stepped.Rewards[lane];
            _learningRewards[lane] = stepped.LearningRewards.Count > 0 ? stepped.LearningRewards[lane] : _rewards[lane];
            _lives[lane] = stepped.Lives.Count > 0 ? stepped.Lives[lane] : 0;
            _livesLost[lane] = (flags[lane] & (byte)StepFlag.LifeLost) != 0;
            _flags[lane] = (StepFlags)flags[lane] & EndFlags;
            if (_flags[lane].EndsEpisode() && !firsts.IsEmpty)
            {
                firsts[..Environment.ObservationSpace.ByteCount].CopyTo(Lane(lane));
                firsts = firsts[Environment.ObservationSpace.ByteCount..];
            }
        }
    }

    private Span<byte> Lane(int lane) => _observations.AsSpan(lane * Environment.ObservationSpace.ByteCount, Environment.ObservationSpace.ByteCount);

    private static EnvironmentInfo ToInfo(DescribeResponse environment)
    {
        var space = environment.ObservationSpace;
        var observations = space.States > 0
            ? Core.ObservationSpace.Discrete(space.States)
            : Core.ObservationSpace.Box(
                space.ElementType.ToCore() ?? throw new InvalidDataException(
                    $"{LaneExchange.Service} described {environment.Id} with an element type that this client does not know: {space.ElementType}."),
                [.. space.Shape],
                [.. space.Low],
                [.. space.High]);
        return new EnvironmentInfo(environment.Id, observations, environment.ActionSpace.Count, environment.MaxEpisodeSteps);
    }
}
