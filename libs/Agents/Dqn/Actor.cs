using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>Plays a set of lanes epsilon-greedily and hands every step on.</summary>
internal sealed class Actor
{
    private readonly ILanes _lanes;
    private readonly NetworkInput _input;
    private readonly Pcg64 _random;
    private readonly bool _noisy;
    private readonly FrameHistory _history;
    private readonly int _observationBytes;
    private readonly int[] _actions;
    private readonly int[] _greedy;
    private readonly float[] _values;

    /// <summary>An actor on lanes that were just opened.</summary>
    /// <param name="lanes">The lanes, which begin a new episode by themselves.</param>
    /// <param name="input">How observations become the network's input.</param>
    /// <param name="random">Generator of epsilon-greedy choice.</param>
    /// <param name="noisy">Whether the network explores by its own noise.</param>
    public Actor(ILanes lanes, NetworkInput input, Pcg64 random, bool noisy)
    {
        (_lanes, _input, _random, _noisy) = (lanes, input, random, noisy);
        _observationBytes = lanes.Environment.ObservationSpace.ByteCount;
        _history = new FrameHistory(lanes.Count, _observationBytes, input.Stack, input.Padding);
        _actions = new int[lanes.Count];
        _greedy = new int[lanes.Count];
        _values = new float[lanes.Count * lanes.Environment.Actions];
        Counts = new ActionCounts(lanes.Environment.Actions);
        Episodes = new EpisodeTracker(lanes);
    }

    /// <summary>State of the generator of epsilon-greedy choice.</summary>
    public Pcg64State Generator
    {
        get => _random.State;
        set => _random.State = value;
    }

    /// <summary>Actions taken since the last reset.</summary>
    public ActionCounts Counts { get; }

    /// <summary>Returns and lengths of episodes.</summary>
    public EpisodeTracker Episodes { get; }

    /// <summary>The states from which the next actions are chosen.</summary>
    public ReadOnlyMemory<byte> States => _history.States;

    /// <summary>Begins a new episode in every lane.</summary>
    public async ValueTask BeginAsync(IStepSink sink, CancellationToken cancellationToken)
    {
        Episodes.Reset();
        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            await BeginAsync(lane, sink, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on with the states of running episodes.</summary>
    /// <exception cref="InvalidDataException">They are of other lanes.</exception>
    public void Restore(ReadOnlySpan<byte> states) => _history.Restore(states);

    /// <summary>Takes a uniformly random step in every lane.</summary>
    public ValueTask StepAtRandomAsync(IStepSink sink, CancellationToken cancellationToken)
    {
        foreach (ref var action in _actions.AsSpan())
        {
            action = (int)_random.Integers(0, _lanes.Environment.Actions);
        }

        return StepAsync(sink, cancellationToken);
    }

    /// <summary>Takes a step in every lane: with probability epsilon a random action, otherwise the network's best.</summary>
    public ValueTask StepAsync(IQNetwork network, double epsilon, IStepSink sink, CancellationToken cancellationToken)
    {
        var greedy = 0;
        foreach (ref var action in _actions.AsSpan())
        {
            action = _random.NextDouble() < epsilon ? (int)_random.Integers(0, _lanes.Environment.Actions) : -1;
            greedy += action < 0 ? 1 : 0;
        }

        if (greedy > 0)
        {
            if (_noisy)
            {
                network.DrawNoise();
            }

            network.Forward(_input.ToObservations(_history.States.Span, _lanes.Count), _values, _noisy);
            ArgMax.OfRows(_values, _greedy);
            for (var lane = 0; lane < _actions.Length; lane++)
            {
                _actions[lane] = _actions[lane] < 0 ? _greedy[lane] : _actions[lane];
            }
        }

        return StepAsync(sink, cancellationToken);
    }

    private async ValueTask StepAsync(IStepSink sink, CancellationToken cancellationToken)
    {
        await _lanes.StepAsync(_actions, cancellationToken).ConfigureAwait(false);
        for (var lane = 0; lane < _actions.Length; lane++)
        {
            Counts.Add(_actions[lane]);
            var flags = _lanes.Flags.Span[lane];
            var next = _lanes.NextObservations.Slice(lane * _observationBytes, _observationBytes);
            await sink
                .AppendAsync(lane, _actions[lane], (float)_lanes.LearningRewards.Span[lane], flags, next, cancellationToken).ConfigureAwait(false);
            Episodes.Add(lane);
            if (flags.EndsEpisode())
            {
                await BeginAsync(lane, sink, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                _history.Add(lane, next.Span);
            }
        }
    }

    private ValueTask BeginAsync(int lane, IStepSink sink, CancellationToken cancellationToken)
    {
        var first = _lanes.Observations.Slice(lane * _observationBytes, _observationBytes);
        _history.Begin(lane, first.Span);
        return sink.BeginEpisodeAsync(lane, first, cancellationToken);
    }
}
