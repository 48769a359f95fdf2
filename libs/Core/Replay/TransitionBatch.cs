using System.Runtime.InteropServices;

namespace DqnAspire.Core.Replay;

/// <summary>Sampled transitions, a column each; arrays are row-major, numbers little-endian.</summary>
public readonly record struct TransitionBatch
{
    /// <summary>Transitions, N.</summary>
    public required int Count { get; init; }

    /// <summary>[N, stack, observation], a stack's oldest first.</summary>
    public required ReadOnlyMemory<byte> States { get; init; }

    /// <summary>[N, stack, observation].</summary>
    public required ReadOnlyMemory<byte> NextStates { get; init; }

    /// <summary>int32 [N].</summary>
    public required ReadOnlyMemory<byte> ActionBytes { get; init; }

    /// <summary>float32 [N]: discounted sums of rewards.</summary>
    public required ReadOnlyMemory<byte> RewardBytes { get; init; }

    /// <summary>float32 [N]: what the next state's value counts, gamma^m after m rewards, 0 where the episode terminated.</summary>
    public required ReadOnlyMemory<byte> DiscountBytes { get; init; }

    /// <summary>StepFlags [N], of each transition's last step.</summary>
    public required ReadOnlyMemory<byte> FlagBytes { get; init; }

    /// <summary>float32 [N] importance weights; empty when the sampler prefers nothing.</summary>
    public required ReadOnlyMemory<byte> WeightBytes { get; init; }

    /// <summary>int64 [N]: the transitions' names in priority updates.</summary>
    public required ReadOnlyMemory<byte> RecordBytes { get; init; }

    /// <summary>The actions taken, [N].</summary>
    public ReadOnlySpan<int> Actions => MemoryMarshal.Cast<byte, int>(ActionBytes.Span);

    /// <summary>Discounted sums of rewards, [N].</summary>
    public ReadOnlySpan<float> Rewards => MemoryMarshal.Cast<byte, float>(RewardBytes.Span);

    /// <summary>What the next states' values count, [N].</summary>
    public ReadOnlySpan<float> Discounts => MemoryMarshal.Cast<byte, float>(DiscountBytes.Span);

    /// <summary>How each transition's last step ended, [N].</summary>
    public ReadOnlySpan<StepFlags> Flags => MemoryMarshal.Cast<byte, StepFlags>(FlagBytes.Span);

    /// <summary>Importance weights, [N] or empty.</summary>
    public ReadOnlySpan<float> Weights => MemoryMarshal.Cast<byte, float>(WeightBytes.Span);

    /// <summary>The transitions' names in priority updates, [N].</summary>
    public ReadOnlySpan<long> Records => MemoryMarshal.Cast<byte, long>(RecordBytes.Span);
}
