using System.Numerics.Tensors;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Pqn;

/// <summary>Some steps of every lane with the values that were seen on the way, [steps, lanes] each.</summary>
internal sealed class Rollout
{
    private readonly PqnSettings _settings;
    private readonly ILanes _lanes;
    private readonly NetworkInput _input;
    private readonly Pcg64 _random;
    private readonly FrameHistory _history;
    private readonly FrameHistory _last;
    private readonly int _observationBytes;
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

    /// <summary>Room for rollouts of lanes that were just opened.</summary>
    public Rollout(PqnSettings settings, ILanes lanes, NetworkInput input, Pcg64 random)
    {
        (_settings, _lanes, _input, _random) = (settings, lanes, input, random);
        _observationBytes = lanes.Environment.ObservationSpace.ByteCount;
        _stateBytes = _observationBytes * input.Stack;
        _history = new FrameHistory(lanes.Count, _observationBytes, input.Stack, input.Padding);
        _last = new FrameHistory(1, _observationBytes, input.Stack, input.Padding);
        var count = settings.Agent.RolloutSteps * lanes.Count;
        _states = new byte[checked(count * _stateBytes)];
        _actions = new int[count];
        _rewards = new float[count];
        _nextValues = new float[count];
        _terminated = new bool[count];
        _cut = new bool[count];
        _returns = new float[count];
        _values = new float[lanes.Count * lanes.Environment.Actions];
        _lastValues = new float[lanes.Environment.Actions];
        _greedy = new int[lanes.Count];
        Episodes = new EpisodeTracker(lanes);
        Counts = new ActionCounts(lanes.Environment.Actions);
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            _history.Begin(lane, Observation(lanes.Observations, lane).Span);
        }
    }

    /// <summary>Returns and lengths of episodes.</summary>
    public EpisodeTracker Episodes { get; }

    /// <summary>State of the generator of epsilon-greedy choice.</summary>
    public Pcg64State Generator
    {
        get => _random.State;
        set => _random.State = value;
    }

    /// <summary>Actions taken since the last reset.</summary>
    public ActionCounts Counts { get; }

    /// <summary>Transitions of a rollout.</summary>
    public int Count => _actions.Length;

    /// <summary>The states that the next rollout begins with.</summary>
    public ReadOnlyMemory<byte> NextStates => _history.States;

    /// <summary>Goes on with running episodes.</summary>
    /// <exception cref="InvalidDataException">They are of other lanes.</exception>
    public void Restore(ReadOnlySpan<byte> states) => _history.Restore(states);

    /// <summary>Plays, and computes the returns.</summary>
    public async Task PlayAsync(IQNetwork network, double epsilon, CancellationToken cancellationToken)
    {
        var lanes = _lanes.Count;
        for (var step = 0; step < _settings.Agent.RolloutSteps; step++)
        {
            var row = step * lanes;
            _history.States.Span.CopyTo(_states.AsSpan(row * _stateBytes));
            network.Forward(_input.ToObservations(_history.States.Span, lanes), _values);
            TakeNextValues(row - lanes);
            ArgMax.OfRows(_values, _greedy);
            for (var lane = 0; lane < lanes; lane++)
            {
                _actions[row + lane] = _random.NextDouble() < epsilon
                    ? (int)_random.Integers(0, _lanes.Environment.Actions)
                    : _greedy[lane];
                Counts.Add(_actions[row + lane]);
            }

            await _lanes.StepAsync(_actions.AsMemory(row, lanes), cancellationToken).ConfigureAwait(false);
            for (var lane = 0; lane < lanes; lane++)
            {
                Take(network, row + lane, lane);
            }
        }

        network.Forward(_input.ToObservations(_history.States.Span, lanes), _values);
        TakeNextValues(Count - lanes);
        LambdaReturns.Compute(
            _rewards, _nextValues, _terminated, _cut, (float)_settings.Agent.Gamma, (float)_settings.Agent.Lambda, lanes, _returns);
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
        var flags = _lanes.Flags.Span[lane];
        var next = Observation(_lanes.NextObservations, lane).Span;
        _rewards[index] = (float)_lanes.LearningRewards.Span[lane];
        _terminated[index] = (flags & StepFlags.Terminated) != 0;
        _cut[index] = flags.EndsEpisode();
        Episodes.Add(lane);
        if (!_cut[index])
        {
            _history.Add(lane, next);
            return;
        }

        if (!_terminated[index])
        {
            _last.Restore(_history.States.Span.Slice(lane * _stateBytes, _stateBytes));
            _last.Add(0, next);
            network.Forward(_input.ToObservations(_last.States.Span, 1), _lastValues);
            _nextValues[index] = TensorPrimitives.Max<float>(_lastValues);
        }

        _history.Begin(lane, Observation(_lanes.Observations, lane).Span);
    }

    /// <summary>The values just computed are those of the states that the row of steps before led to, but where an episode ended.</summary>
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

    private ReadOnlyMemory<byte> Observation(ReadOnlyMemory<byte> observations, int lane) =>
        observations.Slice(lane * _observationBytes, _observationBytes);
}
