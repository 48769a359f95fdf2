namespace DqnAspire.Core.Networks;

/// <summary>
/// Transitions of an update of Q-learning: the target of a sample is reward + discount * the value of the next state,
/// as the target network estimates it.
/// </summary>
public readonly ref struct BootstrapBatch
{
    /// <summary>The states.</summary>
    public required Observations States { get; init; }

    /// <summary>The states after the (last) step.</summary>
    public required Observations NextStates { get; init; }

    /// <summary>The action taken in each state, [count].</summary>
    public required ReadOnlySpan<int> Actions { get; init; }

    /// <summary>The reward, or the discounted sum of n rewards, [count].</summary>
    public required ReadOnlySpan<float> Rewards { get; init; }

    /// <summary>Gamma to the power of the number of steps, or 0 where the next state has no value, [count].</summary>
    public required ReadOnlySpan<float> Discounts { get; init; }

    /// <summary>Importance weights, [count]; empty when all are 1.</summary>
    public ReadOnlySpan<float> Weights { get; init; }

    /// <summary>
    /// True when the online network selects the next action and the target network evaluates it (double Q-learning, van
    /// Hasselt et al. 2016); otherwise the target network does both. Ties go to the lowest action.
    /// </summary>
    public bool DoubleQ { get; init; }

    /// <summary>
    /// True when both networks use the noise of their last draw on the next states, otherwise the mean weights.
    /// </summary>
    public bool Noisy { get; init; }

    /// <summary>Number of samples.</summary>
    public int Count => States.Count;
}
