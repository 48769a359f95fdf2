namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// A value that a rule computes in every frame: the score, the reward, the lives, the end of the game, or one in
/// between.
/// </summary>
/// <param name="Name">What formulas call it.</param>
/// <param name="Formula">Its value in a frame.</param>
/// <param name="InitialValue">Its value at a reset; null when a reset leaves it alone.</param>
public sealed record RuleVariable(string Name, Formula Formula, int? InitialValue)
{
    /// <summary>The variable that holds the score.</summary>
    public const string Score = "score";

    /// <summary>The variable that holds the reward of the frame.</summary>
    public const string Reward = "reward";

    /// <summary>The variable that holds the life count as the rule keeps it.</summary>
    public const string Lives = "lives";

    /// <summary>The variable that is not 0 when the game is over.</summary>
    public const string Terminal = "terminal";

    /// <summary>Whether a name is one of those four, which no other variable can be called.</summary>
    internal static bool IsReserved(string name) => name is Score or Reward or Lives or Terminal;
}
