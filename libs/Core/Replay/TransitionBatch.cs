namespace DqnAspire.Core.Replay;

/// <summary>Sampled transitions, a column each.</summary>
public readonly record struct TransitionBatch
{
    /// <summary>Transitions, N.</summary>
    public required int Count { get; init; }

    /// <summary>[N, stack, observation], the oldest observation of a stack first.</summary>
    public required StateRows States { get; init; }

    /// <summary>[N, stack, observation].</summary>
    public required StateRows NextStates { get; init; }

    /// <summary>The actions taken, [N].</summary>
    public required ReadOnlyMemory<int> Actions { get; init; }

    /// <summary>Discounted sums of rewards, [N].</summary>
    public required ReadOnlyMemory<float> Rewards { get; init; }

    /// <summary>
    /// The factors of the next states' values, [N]: gamma^m after m rewards, 0 where the episode terminated.
    /// </summary>
    public required ReadOnlyMemory<float> Discounts { get; init; }

    /// <summary>How each transition's last step ended, [N].</summary>
    public required ReadOnlyMemory<StepFlags> Flags { get; init; }

    /// <summary>Importance weights, [N]; empty when the sampler is uniform.</summary>
    public required ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>The transitions' names in priority updates, [N].</summary>
    public required ReadOnlyMemory<long> Records { get; init; }
}
