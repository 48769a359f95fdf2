namespace DqnAspire.Play.Games;

/// <summary>What a policy thinks of a state, and what it does.</summary>
/// <param name="Action">The action that is taken.</param>
/// <param name="Greedy">The action with the highest value.</param>
/// <param name="ActionValues">[actions]; empty where nobody asked a policy.</param>
/// <param name="Distributions">
/// [actions, outputs]: atom probabilities or quantiles of the returns; empty where the policy has plain values.
/// </param>
/// <param name="State">[stack, observation]: what the network sees, oldest first.</param>
public sealed record Decision(
    int Action, int Greedy, float[] ActionValues, float[] Distributions, ReadOnlyMemory<byte> State)
{
    /// <summary>The value of the state: that of its best action; NaN where nobody asked a policy.</summary>
    public float Value => ActionValues.Length > 0 ? ActionValues[Greedy] : float.NaN;
}
