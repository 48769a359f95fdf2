using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>Plays lanes epsilon-greedily and passes every step to a sink.</summary>
internal sealed class Actor
{
    private readonly ActingLanes _lanes;
    private readonly NetworkInput _input;
    private readonly bool _noisy;
    private readonly int[] _actions;
    private readonly int[] _greedy;
    private readonly float[] _values;

    /// <summary>Prepares to play.</summary>
    /// <param name="lanes">The lanes.</param>
    /// <param name="input">How observations become the network's input.</param>
    /// <param name="noisy">Whether the network explores by its own noise.</param>
    public Actor(ActingLanes lanes, NetworkInput input, bool noisy)
    {
        (_lanes, _input, _noisy) = (lanes, input, noisy);
        _actions = new int[lanes.Count];
        _greedy = new int[lanes.Count];
        _values = new float[lanes.Count * lanes.Actions];
    }

    /// <summary>Tells the sink the first observation of every lane, and counts episodes from here on.</summary>
    public async ValueTask BeginAsync(IStepSink sink, CancellationToken cancellationToken)
    {
        _lanes.Episodes.Reset();
        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            await BeginAsync(lane, sink, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a uniformly random step in every lane.</summary>
    public ValueTask StepAtRandomAsync(IStepSink sink, CancellationToken cancellationToken)
    {
        foreach (ref var action in _actions.AsSpan())
        {
            action = _lanes.RandomAction();
        }

        return StepAsync(sink, cancellationToken);
    }

    /// <summary>
    /// Takes a step in every lane: with probability epsilon a random action, otherwise the network's best.
    /// </summary>
    public ValueTask StepAsync(IQNetwork network, double epsilon, IStepSink sink, CancellationToken cancellationToken)
    {
        var greedy = 0;
        foreach (ref var action in _actions.AsSpan())
        {
            action = _lanes.Random.NextDouble() < epsilon ? _lanes.RandomAction() : -1;
            greedy += action < 0 ? 1 : 0;
        }

        if (greedy > 0)
        {
            if (_noisy)
            {
                network.DrawNoise();
            }

            network.Forward(_input.ToObservations(_lanes.History.States.Span, _lanes.Count), _values, _noisy);
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
        var lanes = _lanes.Lanes;
        await lanes.StepAsync(_actions, cancellationToken).ConfigureAwait(false);
        for (var lane = 0; lane < _actions.Length; lane++)
        {
            _lanes.Counts.Add(_actions[lane]);
            var flags = lanes.Flags.Span[lane];
            var reward = (float)lanes.LearningRewards.Span[lane];
            var next = _lanes.NextObservation(lane);
            await sink.AppendAsync(lane, _actions[lane], reward, flags, next, cancellationToken).ConfigureAwait(false);
            _lanes.Episodes.Add(lane);
            if (flags.EndsEpisode())
            {
                await BeginAsync(lane, sink, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                _lanes.History.Add(lane, next.Span);
            }
        }
    }

    private ValueTask BeginAsync(int lane, IStepSink sink, CancellationToken cancellationToken)
    {
        var first = _lanes.Observation(lane);
        _lanes.History.Begin(lane, first.Span);
        return sink.BeginEpisodeAsync(lane, first, cancellationToken);
    }
}
