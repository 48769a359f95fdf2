using DqnAspire.NeuralNetworks.Definitions;

namespace DqnAspire.NeuralNetworks.Targets;

/// <summary>
/// Targets of Q-learning for each kind of head, r + discount * the next state's value. The discount of a sample is gamma to
/// the power of its steps, and 0 where nothing is bootstrapped. The next action is the one whose selecting value is highest
/// (ties go to the lowest): the target network's own values, or, for double Q-learning (van Hasselt et al. 2016), the online
/// network's.
/// </summary>
public static class BellmanTargets
{
    /// <summary>Plain values.</summary>
    /// <param name="rewards">Discounted sums of n rewards, [count].</param>
    /// <param name="discounts">[count].</param>
    /// <param name="nextValues">The target network's values of the next states, [count, actions].</param>
    /// <param name="selecting">Values that choose the next action, [count, actions].</param>
    /// <param name="targets">Receives [count].</param>
    /// <exception cref="ArgumentException">A buffer does not fit the others.</exception>
    public static void Plain(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> nextValues, ReadOnlySpan<float> selecting, Span<float> targets)
    {
        var actions = Actions(rewards, discounts, nextValues, selecting, targets, 1);
        for (var i = 0; i < rewards.Length; i++)
        {
            targets[i] = rewards[i] + (discounts[i] * nextValues[(i * actions) + Best(selecting.Slice(i * actions, actions))]);
        }
    }

    /// <summary>
    /// Probabilities of the atoms: each atom of the next distribution moves to r + discount * its return, bounded by the
    /// support, and its mass goes to the two atoms around that place (Bellemare et al. 2017, algorithm 1).
    /// </summary>
    /// <param name="values">The atoms.</param>
    /// <param name="rewards">Discounted sums of n rewards, [count].</param>
    /// <param name="discounts">[count].</param>
    /// <param name="nextDistributions">The target network's probabilities in the next states, [count, actions, atoms].</param>
    /// <param name="selecting">Values that choose the next action, [count, actions].</param>
    /// <param name="targets">Receives [count, atoms].</param>
    /// <exception cref="ArgumentException">A buffer does not fit the others.</exception>
    public static void Categorical(
        CategoricalValues values, ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> nextDistributions,
        ReadOnlySpan<float> selecting, Span<float> targets)
    {
        var atoms = values.Atoms;
        var actions = Actions(rewards, discounts, nextDistributions, selecting, targets, atoms);
        targets.Clear();
        for (var i = 0; i < rewards.Length; i++)
        {
            var next = nextDistributions.Slice(((i * actions) + Best(selecting.Slice(i * actions, actions))) * atoms, atoms);
            var target = targets.Slice(i * atoms, atoms);
            for (var atom = 0; atom < atoms; atom++)
            {
                var moved = rewards[i] + (discounts[i] * (values.Minimum + (atom * values.Spacing)));
                var place = (Math.Clamp(moved, values.Minimum, values.Maximum) - values.Minimum) / values.Spacing;
                // Rounding may put the highest return a hair above the last atom.
                var lower = Math.Min((int)place, atoms - 1);
                var upper = Math.Min(lower + 1, atoms - 1);
                var share = place - lower;
                target[lower] += next[atom] * (1 - share);
                target[upper] += next[atom] * share;
            }
        }
    }

    /// <summary>Samples r + discount * each quantile of the next distribution (Dabney et al. 2018, equation 9).</summary>
    /// <param name="quantiles">Number of quantiles.</param>
    /// <param name="rewards">Discounted sums of n rewards, [count].</param>
    /// <param name="discounts">[count].</param>
    /// <param name="nextQuantiles">The target network's quantiles in the next states, [count, actions, quantiles].</param>
    /// <param name="selecting">Values that choose the next action, [count, actions].</param>
    /// <param name="targets">Receives [count, quantiles].</param>
    /// <exception cref="ArgumentException">A buffer does not fit the others.</exception>
    public static void Quantile(
        int quantiles, ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> nextQuantiles,
        ReadOnlySpan<float> selecting, Span<float> targets)
    {
        var actions = Actions(rewards, discounts, nextQuantiles, selecting, targets, quantiles);
        for (var i = 0; i < rewards.Length; i++)
        {
            var next = nextQuantiles.Slice(((i * actions) + Best(selecting.Slice(i * actions, actions))) * quantiles, quantiles);
            for (var quantile = 0; quantile < quantiles; quantile++)
            {
                targets[(i * quantiles) + quantile] = rewards[i] + (discounts[i] * next[quantile]);
            }
        }
    }

    private static int Actions(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> next, ReadOnlySpan<float> selecting, ReadOnlySpan<float> targets, int outputs)
    {
        var count = rewards.Length;
        var actions = count == 0 ? 0 : selecting.Length / count;
        return discounts.Length == count && selecting.Length == count * actions && next.Length == count * actions * outputs && targets.Length == count * outputs
            ? actions
            : throw new ArgumentException(
                $"rewards [{count}], discounts [{discounts.Length}], next values [{next.Length}], selecting values [{selecting.Length}] and targets [{targets.Length}] do not fit each other with {outputs} outputs an action.");
    }

    private static int Best(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var action = 1; action < values.Length; action++)
        {
            best = values[action] > values[best] ? action : best;
        }

        return best;
    }
}
