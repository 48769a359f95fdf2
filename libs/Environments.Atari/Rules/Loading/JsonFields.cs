using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>
/// An object of a rule file, read field by field. A field that is missing, or of another kind than asked for, is an
/// error, and so is one that nobody asked for: a rule that is half understood gives wrong rewards.
/// </summary>
/// <param name="unread">The fields; those that have been read are taken out.</param>
/// <param name="prefix">What messages put before the fields' names.</param>
internal sealed class JsonFields(Dictionary<string, JsonValue> unread, string prefix)
{
    /// <summary>What messages call a field.</summary>
    public string PathOf(string name) => prefix + name;

    /// <summary>The error for a field.</summary>
    public GameRuleException Error(string name, string problem) => new(PathOf(name), problem);

    /// <summary>The error for a word that has no meaning in a field.</summary>
    public GameRuleException Unknown(string name, string word) => Error(name, $"'{word}' is not known here.");

    /// <summary>A field; null when it is missing or null.</summary>
    public JsonValue? Optional(string name) => unread.Remove(name, out var value) && !value.IsNull ? value : null;

    public string Text(string name) => Required(name).Text;

    public ImmutableArray<string> Texts(string name) => [.. Items(name).Select(item => item.Text)];

    public int Integer(string name) => Required(name).Integer;

    /// <summary>A whole number with a lower bound.</summary>
    public int Integer(string name, int lowest)
    {
        var number = Integer(name);
        return number >= lowest ? number : throw Error(name, $"{number} is too low; the lowest value is {lowest}.");
    }

    public ImmutableArray<int> Integers(string name) => [.. Items(name).Select(item => item.Integer)];

    public bool Flag(string name) => Required(name).Flag;

    public JsonFields Object(string name) => Required(name).Fields;

    public IReadOnlyList<JsonValue> Items(string name) => Required(name).Items;

    /// <summary>The names of all fields that have not been read.</summary>
    public IReadOnlyList<string> Unread => [.. unread.Keys];

    public JsonValue Required(string name) => Optional(name) ?? throw Error(name, "This field is missing.");

    /// <summary>Passes over fields that describe what other fields say exactly, for people and tools.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            unread.Remove(name);
        }
    }

    /// <summary>Says that all has been read.</summary>
    /// <exception cref="GameRuleException">There is a field that was not.</exception>
    public void Close()
    {
        if (unread.Count > 0)
        {
            throw Error(unread.Keys.First(), "This field is not known.");
        }
    }
}
