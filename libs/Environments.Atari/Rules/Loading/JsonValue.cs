using System.Text.Json;

namespace DqnAspire.Environments.Atari.Rules.Loading;

/// <summary>A value of a rule file and where it stands.</summary>
/// <param name="element">The value.</param>
/// <param name="prefix">What messages call the object or list that it is in.</param>
/// <param name="name">What messages call the value itself.</param>
internal sealed class JsonValue(JsonElement element, string prefix, string name)
{
    /// <summary>What messages call the value.</summary>
    public string Path => prefix + name;

    public string Text => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Unexpected("A text");

    public int Integer =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number)
            ? number
            : throw Unexpected("A whole number of 32 bits");

    public bool Flag => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected("True or false"),
    };

    /// <summary>A number or a text, as a text.</summary>
    public string NumberOrText => element.ValueKind == JsonValueKind.Number ? element.GetRawText() : Text;

    public JsonFields Fields => FieldsCalled(Path + ".");

    public IReadOnlyList<JsonValue> Items
    {
        get
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                throw Unexpected("A list");
            }

            var items = new List<JsonValue>();
            foreach (var item in element.EnumerateArray())
            {
                items.Add(new JsonValue(item, Path, $"[{items.Count}]"));
            }

            return items;
        }
    }

    public bool IsNull => element.ValueKind == JsonValueKind.Null;

    /// <summary>The fields of an object.</summary>
    /// <param name="fieldPrefix">What messages put before the fields' names.</param>
    public JsonFields FieldsCalled(string fieldPrefix)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Unexpected("An object");
        }

        var values = new Dictionary<string, JsonValue>();
        foreach (var property in element.EnumerateObject())
        {
            values.Add(property.Name, new JsonValue(property.Value, fieldPrefix, property.Name));
        }

        return new JsonFields(values, fieldPrefix);
    }

    private GameRuleException Unexpected(string expected) =>
        new(Path, $"{expected} is expected, not {element.GetRawText()}.");
}
