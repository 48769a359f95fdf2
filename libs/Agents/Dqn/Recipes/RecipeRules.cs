using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Dqn.Recipes;

/// <summary>The rules by name. A new one is a class in this folder and a line here.</summary>
internal static class RecipeRules
{
    /// <summary>The standard update.</summary>
    public const string None = "None";

    private static readonly Dictionary<string, Func<RecipeRule?>> Rules = new(StringComparer.OrdinalIgnoreCase)
    {
        [None] = () => null,
        [nameof(KerasFit)] = () => new KerasFit(),
        [nameof(TerminalPenalty)] = () => new TerminalPenalty(),
        [nameof(UnmaskedTargetActor)] = () => new UnmaskedTargetActor(),
    };

    /// <summary>A new object of a rule; null for the standard update.</summary>
    /// <exception cref="SettingException">There is no such rule; the message lists the known ones.</exception>
    public static RecipeRule? Create(string name) => Rules.TryGetValue(name, out var create)
        ? create()
        : throw new SettingException($"Agent:Rule={name} is not one of {string.Join(", ", Rules.Keys)}.");
}
