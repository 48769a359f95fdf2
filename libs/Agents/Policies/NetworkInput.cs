using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Policies;

/// <summary>How observations become a state, the input of a network.</summary>
/// <param name="AreBytes">True when an observation's values are bytes, false for float32.</param>
/// <param name="Stack">Observations in a state, oldest first.</param>
/// <param name="Padding">What replaces the observations before the first of an episode.</param>
public readonly record struct NetworkInput(bool AreBytes, int Stack, StackPadding Padding)
{
    /// <summary>Gives states the type that a network takes, without a copy.</summary>
    /// <param name="states">[count, stack, observation], numbers little-endian.</param>
    /// <param name="count">Number of states.</param>
    public Observations ToObservations(ReadOnlySpan<byte> states, int count) => AreBytes
        ? new Observations(states, count)
        : new Observations(MemoryMarshal.Cast<byte, float>(states), count);
}
