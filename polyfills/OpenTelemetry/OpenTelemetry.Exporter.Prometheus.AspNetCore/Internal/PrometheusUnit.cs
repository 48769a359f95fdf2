using System.Text.RegularExpressions;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Prometheus's words for a unit that is written as UCUM has it: "By/s" is bytes_per_second.</summary>
internal static partial class PrometheusUnit
{
    /// <summary>The unit in words; empty for 1 and for counts of things, "{packet}".</summary>
    public static string Words(string unit)
    {
        var plain = Annotation().Replace(unit, "");
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        var words = slash >= 0 && slash < plain.Length - 1
            ? $"{Plural(plain[..slash])}_per_{Singular(plain[(slash + 1)..])}"
            : Plural(plain);
        return IllegalRun().Replace(words, "_").Trim('_');
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Annotation();

    [GeneratedRegex("[^a-zA-Z0-9:]+", RegexOptions.CultureInvariant)]
    private static partial Regex IllegalRun();

    private static string Plural(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" or "B" => "bytes",
        "KBy" or "KB" => "kilobytes",
        "MBy" or "MB" => "megabytes",
        "GBy" or "GB" => "gigabytes",
        "TBy" or "TB" => "terabytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "TiBy" => "tibibytes",
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
        "$" => "dollars",
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
