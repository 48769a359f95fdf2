using System.Collections.Immutable;
using DqnAspire.Environments.Atari.Rules.Formulas;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads the formulas of one game.</summary>
/// <param name="names">The game's variables, in the order of evaluation.</param>
internal sealed class FormulaReader(ImmutableArray<string> names)
{
    /// <summary>The formula of a variable.</summary>
    /// <param name="value">The field it is written in.</param>
    /// <param name="slot">The variable's place in the order of evaluation.</param>
    /// <returns>The formula.</returns>
    /// <exception cref="GameRuleException">It is none.</exception>
    public Formula Frame(JsonValue value, int slot) => Read(value.Text, value, NameScope.Frame(names, slot));

    /// <summary>A formula over the values after a frame.</summary>
    public Formula Report(JsonValue value) => Read(value.Text, value, NameScope.Report(names));

    /// <summary>A formula of a mode selection; it may be written as a number.</summary>
    public Formula Selection(JsonValue value) => Read(value.NumberOrText, value, NameScope.Selection(names));

    /// <summary>The place of a variable.</summary>
    /// <returns>Its index; -1 when there is none of that name.</returns>
    public int IndexOf(string name) => names.IndexOf(name);

    private static Formula Read(string text, JsonValue value, NameScope scope)
    {
        try
        {
            return new Formula(value.Path, text, Parser.Parse(text, scope));
        }
        catch (FormulaException exception)
        {
            throw new GameRuleException(value.Path, exception.Message, text, exception.Position, exception);
        }
    }
}
