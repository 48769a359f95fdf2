using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Returns;

/// <summary>
/// Computes what a <see cref="ValueDistribution"/> describes: expected returns and distributions from a head's outputs,
/// and the targets of Q-learning, r + discount * the return of the next state.
/// </summary>
/// <param name="outputs">Number of outputs for each action.</param>
internal abstract class ReturnModel(int outputs)
{
    /// <summary>Computes the expected return of each action.</summary>
    /// <param name="outputs">[actions, outputs].</param>
    /// <param name="actionValues">Receives [actions].</param>
    public abstract void Expect(ReadOnlySpan<float> outputs, Span<float> actionValues);

    /// <summary>Computes the distribution of each action's return: values, probabilities or quantiles.</summary>
    /// <param name="outputs">[actions, outputs].</param>
    /// <param name="distributions">Receives [actions, outputs].</param>
    public virtual void Resolve(ReadOnlySpan<float> outputs, Span<float> distributions) =>
        outputs.CopyTo(distributions);

    /// <summary>
    /// Computes the targets of a batch. The next action is the one with the highest selecting value, ties go to the
    /// lowest: the target network's own values, or the online network's for double Q-learning (van Hasselt et al.
    /// 2016).
    /// </summary>
    /// <param name="rewards">Discounted sums of n rewards, [count].</param>
    /// <param name="discounts">
    /// Gamma to the power of the number of steps, 0 where nothing is bootstrapped, [count].
    /// </param>
    /// <param name="next">The target network's distributions in the next states, [count, actions, outputs].</param>
    /// <param name="selecting">The values that select the next action, [count, actions].</param>
    /// <param name="targets">Receives [count, outputs].</param>
    /// <exception cref="ArgumentException">A buffer does not fit the others.</exception>
    public void ComputeTargets(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> next,
        ReadOnlySpan<float> selecting, Span<float> targets)
    {
        var count = rewards.Length;
        var actions = count == 0 ? 0 : selecting.Length / count;
        if (discounts.Length != count || selecting.Length != count * actions
            || next.Length != count * actions * outputs || targets.Length != count * outputs)
        {
            throw new ArgumentException(
                $"rewards [{count}], discounts [{discounts.Length}], next values [{next.Length}], "
                + $"selecting values [{selecting.Length}] and targets [{targets.Length}] do not fit each other "
                + $"with {outputs} outputs an action.");
        }

        for (var i = 0; i < count; i++)
        {
            var action = ArgMax.Of(selecting.Slice(i * actions, actions));
            var distribution = next.Slice(((i * actions) + action) * outputs, outputs);
            Shift(distribution, rewards[i], discounts[i], targets.Slice(i * outputs, outputs));
        }
    }

    /// <summary>Computes the distribution of reward + discount * the next return.</summary>
    /// <param name="next">The distribution of the next return, [outputs].</param>
    /// <param name="reward">The reward.</param>
    /// <param name="discount">The discount.</param>
    /// <param name="target">Receives [outputs].</param>
    protected abstract void Shift(ReadOnlySpan<float> next, float reward, float discount, Span<float> target);
}
