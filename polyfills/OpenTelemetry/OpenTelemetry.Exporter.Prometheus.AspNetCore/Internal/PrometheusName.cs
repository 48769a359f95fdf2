using System.Text;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>
/// Prometheus's name for an instrument, by OpenTelemetry's compatibility rules: characters outside [a-zA-Z0-9_:] become one
/// underscore, the unit is spelled out as a suffix, monotonic sums end in _total, gauges of unit 1 in _ratio.
/// </summary>
/// <param name="Family">The name without _total.</param>
/// <param name="Unit">The unit in words; empty when there is none.</param>
/// <param name="Suffix">"_total" for counters, otherwise empty.</param>
internal readonly record struct PrometheusName(string Family, string Unit, string Suffix)
{
    private const string Total = "_total";

    public static PrometheusName Of(string instrument, string unit, MetricType type, bool withoutTotal)
    {
        var isCounter = type is MetricType.LongSum or MetricType.DoubleSum;
        var name = Sanitise(instrument);
        if (isCounter && name.EndsWith(Total, StringComparison.Ordinal))
        {
            name = name[..^Total.Length];
        }

        var words = Words(unit);
        if (words.Length > 0 && name != words && !name.EndsWith($"_{words}", StringComparison.Ordinal))
        {
            name = $"{name}_{words}";
        }
        else if (unit == "1" && type.IsGauge() && !name.EndsWith("_ratio", StringComparison.Ordinal))
        {
            name += "_ratio";
        }

        return new PrometheusName(name, words, isCounter && !withoutTotal ? Total : "");
    }

    /// <summary>A legal name: no digit first, nothing but letters, digits, underscores and (in metric names) colons.</summary>
    public static string Sanitise(string name, bool isLabel = false)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || (c == ':' && !isLabel))
            {
                if (text.Length == 0 && char.IsAsciiDigit(c))
                {
                    text.Append('_');
                }

                text.Append(c);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString();
    }

    private static string Words(string unit)
    {
        // "{packet}" counts things: no unit in Prometheus's eyes.
        var text = new StringBuilder(unit.Length);
        var depth = 0;
        foreach (var c in unit)
        {
            depth += c == '{' ? 1 : 0;
            if (depth == 0)
            {
                text.Append(c);
            }

            depth -= c == '}' && depth > 0 ? 1 : 0;
        }

        var plain = text.ToString();
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && slash < plain.Length - 1
            ? Sanitise($"{Plural(plain[..slash])}_per_{Singular(plain[(slash + 1)..])}").TrimStart('_')
            : Sanitise(Plural(plain)).Trim('_');
    }

    private static string Plural(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "TiBy" => "tibibytes",
        "KBy" => "kilobytes",
        "MBy" => "megabytes",
        "GBy" => "gigabytes",
        "TBy" => "terabytes",
        "m" => "meters",
        "V" => "volts",
        "A" => "amperes",
        "J" => "joules",
        "W" => "watts",
        "g" => "grams",
        "Cel" => "celsius",
        "Hz" => "hertz",
        "1" => "",
        "%" => "percent",
        _ => unit,
    };

    private static string Singular(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        "y" => "year",
        _ => unit,
    };
}
