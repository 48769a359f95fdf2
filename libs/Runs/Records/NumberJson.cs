using System.Text.Json;
using System.Text.Json.Nodes;
using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Records;

/// <summary>Numbers as the properties of a JSON object, each under its own name.</summary>
internal static class NumberJson
{
    /// <summary>Adds numbers to an object. Those that JSON cannot say, such as NaN, are left out.</summary>
    public static void AddTo(JsonObject json, NumberSet numbers)
    {
        foreach (var (number, value) in numbers)
        {
            if (double.IsFinite(value))
            {
                json[number.Name] = number.IsWhole ? (long)value : value;
            }
        }
    }

    /// <summary>Writes numbers into an object, as <see cref="AddTo"/> does.</summary>
    public static void Write(Utf8JsonWriter json, NumberSet numbers)
    {
        foreach (var (number, value) in numbers)
        {
            if (!double.IsFinite(value))
            {
                continue;
            }

            if (number.IsWhole)
            {
                json.WriteNumber(number.Name, (long)value);
            }
            else
            {
                json.WriteNumber(number.Name, value);
            }
        }
    }

    /// <summary>Reads the numbers of an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="named">Gives a name's declaration.</param>
    /// <param name="others">Properties that hold something else, though as a number.</param>
    public static NumberSet Read(
        JsonElement json, Func<string, TrainingNumber> named, params ReadOnlySpan<string> others)
    {
        var numbers = NumberSet.Empty;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Number && !others.Contains(property.Name))
            {
                numbers = numbers.With(named(property.Name), property.Value.GetDouble());
            }
        }

        return numbers;
    }
}
