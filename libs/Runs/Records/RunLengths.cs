using System.Globalization;
using System.Numerics;

namespace DqnAspire.Runs.Records;

/// <summary>
/// Numbers as a short text: each with "x" and how often it comes in a row, where that is more than once, for example
/// "0 3x12 -1.5".
/// </summary>
public static class RunLengths
{
    private const char Separator = ' ';
    private const char Times = 'x';

    /// <summary>Writes numbers; each is read again exactly.</summary>
    public static string Write<T>(IReadOnlyList<T> values)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        var parts = new List<string>();
        for (var start = 0; start < values.Count;)
        {
            var end = start + 1;
            while (end < values.Count && values[end] == values[start])
            {
                end++;
            }

            var number = values[start].ToString(null, CultureInfo.InvariantCulture);
            parts.Add(end - start == 1 ? number : string.Create(
                CultureInfo.InvariantCulture, $"{number}{Times}{end - start}"));
            start = end;
        }

        return string.Join(Separator, parts);
    }

    /// <summary>Reads numbers.</summary>
    /// <param name="text">What <see cref="Write"/> gave.</param>
    /// <param name="max">Most numbers that there may be.</param>
    /// <exception cref="InvalidDataException">It is something else, or more.</exception>
    public static IReadOnlyList<T> Read<T>(string text, int max)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new List<T>();
        foreach (var part in text.Split(Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            var split = part.IndexOf(Times, StringComparison.Ordinal);
            var count = 1;
            if (!T.TryParse(
                    split < 0 ? part : part[..split], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || (split >= 0 && !int.TryParse(
                    part[(split + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out count))
                || count < 1)
            {
                throw new InvalidDataException($"'{part}' is no number with a count.");
            }

            if (count > max - values.Count)
            {
                throw new InvalidDataException($"There are more than {max} numbers.");
            }

            values.AddRange(Enumerable.Repeat(value, count));
        }

        return values;
    }
}
