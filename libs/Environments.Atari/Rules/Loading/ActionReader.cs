using System.Collections.Immutable;
using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>Reads names of actions.</summary>
internal static class ActionReader
{
    private const string ResetName = "RESET";

    /// <summary>A field with the name of an action.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="GameRuleException">There is no action of that name.</exception>
    public static int Action(JsonFields fields, string name) => Number(fields.Text(name), fields, name);

    /// <summary>As <see cref="Action"/>, and the reset switch.</summary>
    public static int ActionOrReset(JsonFields fields, string name)
    {
        var text = fields.Text(name);
        return text == ResetName ? StartingAction.Reset : Number(text, fields, name);
    }

    /// <summary>A field with a list of names of actions.</summary>
    /// <returns>Their numbers.</returns>
    /// <exception cref="GameRuleException">There is no action of one of the names.</exception>
    public static ImmutableArray<int> Actions(JsonFields fields, string name) =>
        Numbers(fields.Required(name), fields, name);

    /// <summary>As <see cref="Actions"/>; none when the field is missing.</summary>
    public static ImmutableArray<int> OptionalActions(JsonFields fields, string name) =>
        fields.Optional(name) is { } list ? Numbers(list, fields, name) : [];

    private static ImmutableArray<int> Numbers(JsonValue list, JsonFields fields, string name) =>
        [.. list.Items.Select(item => Number(item.Text, fields, name))];

    private static int Number(string text, JsonFields fields, string name)
    {
        var number = AtariActions.Names.IndexOf(text);
        return number >= 0 ? number : throw fields.Error(name, $"There is no action '{text}'.");
    }
}
