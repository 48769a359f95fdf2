using DqnAspire.Core;

namespace DqnAspire.Agents.Lanes;

/// <summary>The newest observations of each lane's episode, side by side: what a network with a stack sees.</summary>
public sealed class FrameHistory
{
    private readonly int _observationBytes;
    private readonly int _stack;
    private readonly StackPadding _padding;
    private readonly byte[] _states;

    /// <summary>Room for the lanes' states.</summary>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="observationBytes">Bytes of one observation.</param>
    /// <param name="stack">Observations in a state.</param>
    /// <param name="padding">What stands for observations before an episode's first.</param>
    public FrameHistory(int lanes, int observationBytes, int stack, StackPadding padding)
    {
        (_observationBytes, _stack, _padding) = (observationBytes, stack, padding);
        _states = new byte[checked(lanes * stack * observationBytes)];
    }

    /// <summary>[lanes, stack, observation], oldest first.</summary>
    public ReadOnlyMemory<byte> States => _states;

    /// <summary>An episode begins in a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="observation">Its first observation.</param>
    public void Begin(int lane, ReadOnlySpan<byte> observation)
    {
        var state = State(lane);
        state.Clear();
        var first = _padding == StackPadding.Repeat ? 0 : _stack - 1;
        for (var i = first; i < _stack; i++)
        {
            observation.CopyTo(state[(i * _observationBytes)..]);
        }
    }

    /// <summary>An episode continues in a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="observation">Its newest observation.</param>
    public void Add(int lane, ReadOnlySpan<byte> observation)
    {
        var state = State(lane);
        state[_observationBytes..].CopyTo(state);
        observation.CopyTo(state[((_stack - 1) * _observationBytes)..]);
    }

    /// <summary>Takes the states of an earlier history of the same shape.</summary>
    /// <param name="states">As <see cref="States"/>.</param>
    /// <exception cref="InvalidDataException">They have another size.</exception>
    public void Restore(ReadOnlySpan<byte> states)
    {
        if (states.Length != _states.Length)
        {
            throw new InvalidDataException(
                $"States of {states.Length} bytes do not fit lanes whose states have {_states.Length}.");
        }

        states.CopyTo(_states);
    }

    private Span<byte> State(int lane) => _states.AsSpan(lane * _stack * _observationBytes, _stack * _observationBytes);
}
