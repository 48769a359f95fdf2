namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>A text that is no formula. The loader adds the formula, and the game and field it belongs to.</summary>
internal sealed class FormulaException(string problem, int position) : FormatException(problem)
{
    /// <summary>The character that is wrong, from 1.</summary>
    public int Position { get; } = position;
}
