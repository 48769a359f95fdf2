namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// A file of game rules that cannot be understood. The message names file, game, field and what is wrong with it.
/// </summary>
public sealed class GameRuleException : FormatException
{
    /// <summary>An error in a field.</summary>
    /// <param name="field">Where: file, game and field.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    /// <param name="innerException">The error that showed the problem; null when there was none.</param>
    public GameRuleException(string field, string problem, Exception? innerException = null)
        : base($"{field}: {problem}", innerException)
    {
    }

    /// <summary>An error within a formula.</summary>
    /// <param name="field">Where: file, game and field.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="position">The character it is wrong at, from 1.</param>
    /// <param name="innerException">Where the problem was found.</param>
    public GameRuleException(string field, string problem, string formula, int position, Exception innerException)
        : base($"{field}: {problem} (position {position} of \"{formula}\")", innerException)
    {
        Position = position;
    }

    /// <summary>
    /// The character of the formula that it is wrong at, from 1; null when the error is not within a formula.
    /// </summary>
    public int? Position { get; }
}
