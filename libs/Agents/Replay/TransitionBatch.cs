namespace DqnAspire.Agents.Replay;

/// <summary>Sampled transitions, a column each; arrays are row-major, numbers little-endian.</summary>
/// <param name="Count">Transitions, N.</param>
/// <param name="Observations">[N, observation].</param>
/// <param name="Actions">int32 [N].</param>
/// <param name="Rewards">float32 [N].</param>
/// <param name="NextObservations">[N, observation].</param>
/// <param name="Flags">StepFlags [N].</param>
public readonly record struct TransitionBatch(
    int Count,
    ReadOnlyMemory<byte> Observations,
    ReadOnlyMemory<byte> Actions,
    ReadOnlyMemory<byte> Rewards,
    ReadOnlyMemory<byte> NextObservations,
    ReadOnlyMemory<byte> Flags);
