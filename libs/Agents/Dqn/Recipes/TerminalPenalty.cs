using DqnAspire.Core;

namespace DqnAspire.Agents.Dqn.Recipes;

/// <summary>
/// keras.io's "Deep Q-Learning for Atari Breakout" computes the labels as (r + gamma max Q) * (1 - done) - done: a
/// terminal transition's label is -1, whatever its reward.
/// </summary>
internal sealed class TerminalPenalty : RecipeRule
{
    /// <summary>What a terminal transition's label is minus.</summary>
    public const float Penalty = 1;

    /// <inheritdoc/>
    public override void Relabel(
        DqnAgentSection agent, ReadOnlySpan<StepFlags> flags, Span<float> rewards, Span<float> discounts)
    {
        for (var i = 0; i < flags.Length; i++)
        {
            rewards[i] = (flags[i] & StepFlags.Terminated) != 0 ? -Penalty : rewards[i];
        }
    }
}
