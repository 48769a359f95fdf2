using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>What a recipe makes of the rewards and ends of a batch before it bootstraps.</summary>
internal static class BellmanLabels
{
    /// <summary>The reward and discount of each transition: label = reward + discount * the next state's value.</summary>
    /// <param name="agent">The recipe's rules.</param>
    /// <param name="batch">The transitions.</param>
    /// <param name="rewards">Receives [N].</param>
    /// <param name="discounts">Receives [N].</param>
    public static void Resolve(DqnAgentSection agent, in TransitionBatch batch, Span<float> rewards, Span<float> discounts)
    {
        batch.Rewards.Span.CopyTo(rewards);
        batch.Discounts.Span.CopyTo(discounts);
        var flags = batch.Flags.Span;
        var full = (float)Math.Pow(agent.Gamma, agent.ReturnSteps);
        for (var i = 0; i < batch.Count; i++)
        {
            var terminated = (flags[i] & StepFlags.Terminated) != 0;
            if (terminated && agent.TerminalPenalty > 0)
            {
                rewards[i] = -(float)agent.TerminalPenalty;
            }

            if (terminated && agent.BootstrapOnTerminal)
            {
                discounts[i] = full;
            }
            else if (!agent.BootstrapOnTruncation && flags[i].EndsEpisode())
            {
                discounts[i] = 0;
            }
        }
    }
}
