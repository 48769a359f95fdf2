using System.Globalization;
using System.Numerics;

namespace DqnAspire.Core;

/// <summary>
/// Text of people as a number: digits with a decimal point, and nothing that could be read in two ways. .NET's own
/// parsing ignores commas wherever they stand, so that 0,001 would be 1.
/// </summary>
public static class NumberText
{
    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">An integer type, or <see cref="double"/>.</typeparam>
    /// <param name="text">The text; blanks around it do not count.</param>
    /// <param name="value">The number, which is finite.</param>
    /// <returns>False: it is none, or out of the type's range.</returns>
    public static bool TryParse<T>(string? text, out T value)
        where T : struct, INumber<T>
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        const NumberStyles Real = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var style = T.IsInteger(T.One / (T.One + T.One)) ? Whole : Real;
        return T.TryParse(text?.Trim(), style, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);
    }

    /// <summary>What to say to somebody who wrote a decimal comma; empty where there is none.</summary>
    /// <param name="text">The text that is no number.</param>
    public static string Hint(string? text) =>
        text?.Contains(',', StringComparison.Ordinal) == true ? " (a number has a decimal point, and no comma)" : "";
}
