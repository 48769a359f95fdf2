using System.Collections.Immutable;
using DqnAspire.Environments.Atari.Rules.Formulas;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads the formulas of one game.</summary>
/// <param name="names">The game's variables, in the order of evaluation.</param>
internal sealed class FormulaReader(ImmutableArray<string> names)
{
    /// <summary>The formula of a variable.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="field">Where it is written, for messages.</param>
    /// <param name="slot">The variable's place in the order of evaluation.</param>
    /// <returns>The formula.</returns>
    /// <exception cref="GameRuleException">It is none.</exception>
    public Formula Frame(string text, string field, int slot) => Read(text, field, NameScope.Frame(names, slot));

    /// <summary>A formula over the values after a frame.</summary>
    public Formula Report(string text, string field) => Read(text, field, NameScope.Report(names));

    /// <summary>A formula of a mode selection.</summary>
    public Formula Selection(string text, string field) => Read(text, field, NameScope.Selection(names));

    /// <summary>The place of a variable.</summary>
    /// <returns>Its index; -1 when there is none of that name.</returns>
    public int IndexOf(string name) => names.IndexOf(name);

    private static Formula Read(string text, string field, NameScope scope)
    {
        try
        {
            return new Formula(field, text, Parser.Parse(text, scope));
        }
        catch (FormulaException exception)
        {
            throw new GameRuleException(field, exception.Message, text, exception.Position, exception);
        }
    }
}
