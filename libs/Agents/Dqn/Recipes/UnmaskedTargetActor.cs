using DqnAspire.Core;

namespace DqnAspire.Agents.Dqn.Recipes;

/// <summary>
/// A PyTorch blog post about Breakout: the target network chooses the actions, and the next state's value counts even
/// when the episode terminated there. Both are slips of the original, kept so that its curve can be compared.
/// </summary>
internal sealed class UnmaskedTargetActor : RecipeRule
{
    /// <inheritdoc/>
    public override bool ActsWithTarget => true;

    /// <inheritdoc/>
    public override void Relabel(
        DqnAgentSection agent, ReadOnlySpan<StepFlags> flags, Span<float> rewards, Span<float> discounts)
    {
        var full = (float)Math.Pow(agent.Gamma, agent.ReturnSteps);
        for (var i = 0; i < flags.Length; i++)
        {
            discounts[i] = (flags[i] & StepFlags.Terminated) != 0 ? full : discounts[i];
        }
    }
}
