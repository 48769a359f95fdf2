using System.Numerics.Tensors;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Core;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Pqn;

/// <summary>
/// Some steps of every lane, and the values of the states that they led to; arrays are [steps, lanes].
/// </summary>
internal sealed class Rollout
{
    private readonly PqnSettings _settings;
    private readonly ActingLanes _lanes;
    private readonly NetworkInput _input;
    private readonly FrameHistory _last;
    private readonly int _stateBytes;
    private readonly byte[] _states;
    private readonly int[] _actions;
    private readonly float[] _rewards;
    private readonly float[] _nextValues;
    private readonly bool[] _terminated;
    private readonly bool[] _cut;
    private readonly float[] _returns;
    private readonly float[] _values;
    private readonly float[] _lastValues;
    private readonly int[] _greedy;

    /// <summary>Makes room for rollouts of lanes that were just opened.</summary>
    public Rollout(PqnSettings settings, ActingLanes lanes, NetworkInput input)
    {
        (_settings, _lanes, _input) = (settings, lanes, input);
        var observationBytes = lanes.Lanes.Environment.ObservationSpace.ByteCount;
        _stateBytes = observationBytes * input.Stack;
        _last = new FrameHistory(1, observationBytes, input.Stack, input.Padding);
        var count = settings.Agent.RolloutSteps * lanes.Count;
        _states = new byte[checked(count * _stateBytes)];
        _actions = new int[count];
        _rewards = new float[count];
        _nextValues = new float[count];
        _terminated = new bool[count];
        _cut = new bool[count];
        _returns = new float[count];
        _values = new float[lanes.Count * lanes.Actions];
        _lastValues = new float[lanes.Actions];
        _greedy = new int[lanes.Count];
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            lanes.History.Begin(lane, lanes.Observation(lane).Span);
        }
    }

    /// <summary>Transitions of a rollout.</summary>
    public int Count => _actions.Length;

    /// <summary>Plays, and computes the returns.</summary>
    public async Task PlayAsync(IQNetwork network, double epsilon, CancellationToken cancellationToken)
    {
        var lanes = _lanes.Count;
        for (var step = 0; step < _settings.Agent.RolloutSteps; step++)
        {
            var row = step * lanes;
            _lanes.History.States.Span.CopyTo(_states.AsSpan(row * _stateBytes));
            network.Forward(_input.ToObservations(_lanes.History.States.Span, lanes), _values);
            TakeNextValues(row - lanes);
            ArgMax.OfRows(_values, _greedy);
            for (var lane = 0; lane < lanes; lane++)
            {
                _actions[row + lane] = _lanes.Random.NextDouble() < epsilon ? _lanes.RandomAction() : _greedy[lane];
                _lanes.Counts.Add(_actions[row + lane]);
            }

            await _lanes.Lanes.StepAsync(_actions.AsMemory(row, lanes), cancellationToken).ConfigureAwait(false);
            for (var lane = 0; lane < lanes; lane++)
            {
                Take(network, row + lane, lane);
            }
        }

        network.Forward(_input.ToObservations(_lanes.History.States.Span, lanes), _values);
        TakeNextValues(Count - lanes);
        LambdaReturns.Compute(
            _rewards, _nextValues, _terminated, _cut,
            (float)_settings.Agent.Gamma, (float)_settings.Agent.Lambda, lanes, _returns);
    }

    /// <summary>Gathers transitions for a gradient step.</summary>
    /// <param name="chosen">Which.</param>
    /// <param name="states">Receives [chosen, stack, observation].</param>
    /// <param name="actions">Receives [chosen].</param>
    /// <param name="targets">Receives [chosen].</param>
    public void Gather(ReadOnlySpan<int> chosen, Span<byte> states, Span<int> actions, Span<float> targets)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            _states.AsSpan(chosen[i] * _stateBytes, _stateBytes).CopyTo(states[(i * _stateBytes)..]);
            actions[i] = _actions[chosen[i]];
            targets[i] = _returns[chosen[i]];
        }
    }

    private void Take(IQNetwork network, int index, int lane)
    {
        var flags = _lanes.Lanes.Flags.Span[lane];
        var next = _lanes.NextObservation(lane).Span;
        _rewards[index] = (float)_lanes.Lanes.LearningRewards.Span[lane];
        _terminated[index] = (flags & StepFlags.Terminated) != 0;
        _cut[index] = flags.EndsEpisode();
        _lanes.Episodes.Add(lane);
        if (!_cut[index])
        {
            _lanes.History.Add(lane, next);
            return;
        }

        if (!_terminated[index])
        {
            _last.Restore(_lanes.History.States.Span.Slice(lane * _stateBytes, _stateBytes));
            _last.Add(0, next);
            network.Forward(_input.ToObservations(_last.States.Span, 1), _lastValues);
            _nextValues[index] = TensorPrimitives.Max<float>(_lastValues);
        }

        _lanes.History.Begin(lane, _lanes.Observation(lane).Span);
    }

    /// <summary>
    /// The values just computed are those of the states that the row of steps before led to, but where an episode
    /// ended.
    /// </summary>
    private void TakeNextValues(int row)
    {
        var actions = _lastValues.Length;
        for (var lane = 0; row >= 0 && lane < _lanes.Count; lane++)
        {
            if (!_cut[row + lane])
            {
                _nextValues[row + lane] = TensorPrimitives.Max<float>(_values.AsSpan(lane * actions, actions));
            }
        }
    }
}
