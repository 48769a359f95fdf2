using System.Globalization;
using DqnAspire.Contracts.Common.V1;

namespace DqnAspire.Contracts;

/// <summary>Reads a message's numbers.</summary>
public static class NumberExtensions
{
    /// <summary>The value of a number.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="name">Its name, in snake_case.</param>
    /// <returns>Null when it has none.</returns>
    public static double? Find(this IEnumerable<Number> numbers, string name) =>
        numbers.FirstOrDefault(n => n.Name == name)?.Value;

    /// <summary>The value as people read it.</summary>
    public static string ToText(this Number number) =>
        number.Value.ToString(number.Format, CultureInfo.InvariantCulture);
}
