using System.Collections.Immutable;
using System.Text.Json;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>
/// An object of a rule file, read field by field. A field that is missing, or of another kind than asked for, is an error, and
/// so is one that nobody asked for: a rule that is half understood gives wrong rewards.
/// </summary>
internal sealed class JsonFields
{
    private readonly string _prefix;
    private readonly Dictionary<string, JsonElement> _unread;

    /// <summary>The fields of an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="separator">What stands between it and the name of a field.</param>
    /// <exception cref="GameRuleException">It is no object.</exception>
    public JsonFields(JsonElement element, string path, string separator = ".")
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Unexpected(path, "An object", element);
        }

        _prefix = path + separator;
        _unread = element.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
    }

    /// <summary>What messages call a field.</summary>
    public string PathOf(string name) => _prefix + name;

    /// <summary>The error for a field.</summary>
    public GameRuleException Error(string name, string problem) => new(PathOf(name), problem);

    public string Text(string name) => OptionalText(name) ?? throw Error(name, "A text is missing.");

    /// <summary>A text; null when the field is missing or null.</summary>
    public string? OptionalText(string name) => Take(name) is { } value ? TextOf(value, PathOf(name)) : null;

    public ImmutableArray<string> Texts(string name) => [.. Items(name).Select(item => TextOf(item.Value, item.Path))];

    public int Integer(string name, int lowest = int.MinValue) =>
        OptionalInteger(name, lowest) ?? throw Error(name, "A whole number is missing.");

    /// <summary>A whole number; null when the field is missing or null.</summary>
    public int? OptionalInteger(string name, int lowest = int.MinValue) =>
        Take(name) is { } value ? IntegerOf(value, PathOf(name), lowest) : null;

    public ImmutableArray<int> Integers(string name) => [.. Items(name).Select(item => IntegerOf(item.Value, item.Path))];

    /// <summary>A number or a text, as a text.</summary>
    public string NumberOrText(string name) => Take(name) switch
    {
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        { } value => TextOf(value, PathOf(name)),
        null => throw Error(name, "A number or a text is missing."),
    };

    public bool Flag(string name) => Take(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Unexpected(PathOf(name), "True or false", value),
        null => throw Error(name, "True or false is missing."),
    };

    /// <summary>One of several words.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
    {
        var text = Text(name);
        return choices.TryGetValue(text, out var choice)
            ? choice
            : throw Error(name, $"'{text}' is not known; it is one of {string.Join(", ", choices.Keys)}.");
    }

    public JsonFields Object(string name) => OptionalObject(name) ?? throw Error(name, "An object is missing.");

    /// <summary>An object; null when the field is missing or null.</summary>
    public JsonFields? OptionalObject(string name) => Take(name) is { } value ? new JsonFields(value, PathOf(name)) : null;

    public IEnumerable<JsonFields> Objects(string name) => Items(name).Select(item => new JsonFields(item.Value, item.Path));

    /// <summary>The objects of an object of objects, by name.</summary>
    public IReadOnlyDictionary<string, JsonFields> ObjectsByName(string name)
    {
        var fields = Object(name);
        return fields._unread.Keys.ToDictionary(key => key, fields.Object);
    }

    /// <summary>Whether a field that may be null is there and is not.</summary>
    public bool Has(string name) => _unread.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Passes over fields that describe what other fields say exactly, for people and tools.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _unread.Remove(name);
        }
    }

    /// <summary>Says that all has been read.</summary>
    /// <exception cref="GameRuleException">There is a field that was not.</exception>
    public void Close()
    {
        if (_unread.Count > 0)
        {
            throw Error(_unread.Keys.First(), "This field is not known.");
        }
    }

    private static string TextOf(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Unexpected(path, "A text", value);

    private static int IntegerOf(JsonElement value, string path, int lowest = int.MinValue)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            throw Unexpected(path, "A whole number of 32 bits", value);
        }

        return number >= lowest ? number : throw new GameRuleException(path, $"{number} is too low; the lowest value is {lowest}.");
    }

    private static GameRuleException Unexpected(string path, string expected, JsonElement found) =>
        new(path, $"{expected} is expected, not {found.GetRawText()}.");

    /// <summary>The items of a list, with what messages call them.</summary>
    public IEnumerable<(JsonElement Value, string Path)> Items(string name)
    {
        var list = Take(name) ?? throw Error(name, "A list is missing.");
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((value, index) => (value, $"{PathOf(name)}[{index}]"))
            : throw Unexpected(PathOf(name), "A list", list);
    }

    private JsonElement? Take(string name) =>
        _unread.Remove(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
