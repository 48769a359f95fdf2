using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace StackExchange.Redis;

/// <summary>Numbers as Redis writes and reads them: decimal, invariant, infinities as <c>+inf</c> and <c>-inf</c>.</summary>
internal static class NumberText
{
    /// <summary>Longest text of a number in bytes: a double of 17 digits with sign, point and exponent.</summary>
    public const int MaxLength = 32;

    public static bool TryParseInt64(ReadOnlySpan<byte> text, out long value)
        => Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    public static bool TryParseInt64(string text, out long value)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryParseUInt64(ReadOnlySpan<byte> text, out ulong value)
        => Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return text.Length is > 0 and <= MaxLength && TryParseDouble(Encoding.Latin1.GetString(text), out value);
    }

    public static bool TryParseDouble(string text, out double value)
    {
        switch (text.ToLowerInvariant())
        {
            case "inf" or "+inf":
                value = double.PositiveInfinity;
                return true;
            case "-inf":
                value = double.NegativeInfinity;
                return true;
            case "nan" or "+nan" or "-nan":
                value = double.NaN;
                return true;
            default:
                return double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out value);
        }
    }

    public static string Format(double value) => value switch
    {
        double.PositiveInfinity => "+inf",
        double.NegativeInfinity => "-inf",
        _ => value.ToString("G17", CultureInfo.InvariantCulture),
    };

    public static int Format(long value, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(value, destination, out var written);
        return written;
    }

    public static int Format(ulong value, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(value, destination, out var written);
        return written;
    }

    public static int Format(double value, Span<byte> destination) => Encoding.ASCII.GetBytes(Format(value), destination);
}
