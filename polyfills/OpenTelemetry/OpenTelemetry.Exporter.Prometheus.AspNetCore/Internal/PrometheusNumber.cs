using System.Globalization;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Numbers as Prometheus writes them, with the fewest digits that give the same value when they are read.</summary>
internal static class PrometheusNumber
{
    private const double FirstWithExponent = 1e6;

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// OpenMetrics's canonical number, for values of labels: visibly a floating-point number, with an exponent below 1e-4 and
    /// from 1e6 on. Go's %g, with ".0" where that shows neither point nor exponent.
    /// </summary>
    public static string Canonical(double value)
    {
        if (!double.IsFinite(value))
        {
            return Text(value);
        }

        if (value < 0)
        {
            return $"-{Canonical(-value)}";
        }

        // Zero has no sign here. .NET's own exponents begin below 1e-4 as well, above only much later than at 1e6.
        var text = Text(Math.Abs(value));
        if (text.Contains('E', StringComparison.Ordinal))
        {
            return text.ToLowerInvariant();
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (value < FirstWithExponent)
        {
            return point < 0 ? $"{text}.0" : text;
        }

        var digits = text.Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var exponent = (point < 0 ? text.Length : point) - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e+{exponent:00}");
    }
}
