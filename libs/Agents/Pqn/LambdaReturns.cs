namespace DqnAspire.Agents.Pqn;

/// <summary>
/// Q(lambda) returns of a rollout: G[t] = r[t] + gamma * ((1 - lambda) max Q(s[t+1]) + lambda G[t+1]), with nothing
/// after a terminal step, the bootstrapped value alone after a truncated one and at the rollout's end (Gallici et al.
/// 2024, section 4).
/// </summary>
public static class LambdaReturns
{
    /// <summary>Computes the returns.</summary>
    /// <param name="rewards">[steps, lanes].</param>
    /// <param name="nextValues">
    /// max Q of the state that each step led to, [steps, lanes]; of the true last state where it was truncated.
    /// </param>
    /// <param name="terminated">Whether the step ended the task, [steps, lanes].</param>
    /// <param name="cut">Whether the lane's next row belongs to another episode, [steps, lanes].</param>
    /// <param name="gamma">Discount factor.</param>
    /// <param name="lambda">Weight of longer returns.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="returns">Receives [steps, lanes].</param>
    public static void Compute(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> nextValues,
        ReadOnlySpan<bool> terminated, ReadOnlySpan<bool> cut,
        float gamma, float lambda, int lanes, Span<float> returns)
    {
        for (var i = rewards.Length - 1; i >= 0; i--)
        {
            var next = nextValues[i];
            if (i + lanes < rewards.Length && !cut[i])
            {
                next = ((1 - lambda) * next) + (lambda * returns[i + lanes]);
            }

            returns[i] = rewards[i] + (terminated[i] ? 0 : gamma * next);
        }
    }
}
