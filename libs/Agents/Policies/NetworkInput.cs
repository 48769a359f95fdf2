using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Core.Replay;
using DqnAspire.NeuralNetworks.Inputs;

namespace DqnAspire.Agents.Policies;

/// <summary>How observations become a network's input, a state.</summary>
/// <param name="AreBytes">Whether an observation's values are bytes; otherwise float32.</param>
/// <param name="Stack">Observations in a state, oldest first.</param>
/// <param name="Padding">What stands for observations before an episode's first.</param>
public readonly record struct NetworkInput(bool AreBytes, int Stack, StackPadding Padding)
{
    /// <summary>States as the network takes them.</summary>
    /// <param name="states">[count, stack, observation], numbers little-endian.</param>
    /// <param name="count">Number of states.</param>
    public Observations ToObservations(ReadOnlySpan<byte> states, int count) =>
        AreBytes ? new Observations(states, count) : new Observations(MemoryMarshal.Cast<byte, float>(states), count);

    /// <summary>States as the network takes them, without a copy.</summary>
    /// <param name="states">[count, stack, observation], numbers little-endian.</param>
    public Observations ToObservations(StateRows states) => AreBytes
        ? new Observations(states.Span, states.Count, states.Stride)
        : new Observations(MemoryMarshal.Cast<byte, float>(states.Span), states.Count, states.Stride / sizeof(float));
}
