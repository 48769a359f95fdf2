using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Records;

/// <summary>Numbers as the properties of a JSON object, each under its own name.</summary>
internal static class NumberJson
{
    /// <summary>Some three hundred years.</summary>
    private const double MaxSeconds = 1e10;

    private const double MaxCount = long.MaxValue;

    /// <summary>Sums and differences of such numbers are numbers.</summary>
    private const double MaxValue = 1e300;

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
    /// <exception cref="InvalidDataException">
    /// A number is none that can be computed with; the message names it.
    /// </exception>
    public static NumberSet Read(
        JsonElement json, Func<string, TrainingNumber> named, params ReadOnlySpan<string> others)
    {
        var numbers = NumberSet.Empty;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Number && !others.Contains(property.Name))
            {
                var number = named(property.Name);
                numbers = numbers.With(number, Require(number, property.Value.GetDouble()));
            }
        }

        return numbers;
    }

    /// <summary>A time from its seconds.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TimeSpan ToTime(double seconds) => seconds is >= 0 and <= MaxSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidDataException($"{Show(seconds)} is not a number of seconds");

    private static double Require(TrainingNumber number, double value)
    {
        var isPossible = number switch
        {
            { Unit: "s" } => value is >= 0 and <= MaxSeconds,
            { IsWhole: true } => value is >= 0 and <= MaxCount && value == Math.Truncate(value),
            _ => Math.Abs(value) <= MaxValue,
        };
        return isPossible ? value : throw new InvalidDataException($"{number.Name} is {Show(value)}");
    }

    private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}
