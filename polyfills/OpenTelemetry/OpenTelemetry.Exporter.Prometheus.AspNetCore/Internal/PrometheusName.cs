using System.Text.RegularExpressions;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>
/// Prometheus's name for an instrument, by OpenTelemetry's compatibility rules: runs of characters outside [a-zA-Z0-9:] become
/// one underscore, the unit is spelled out as a suffix, monotonic sums end in _total.
/// </summary>
/// <param name="Family">The name of headings; what _bucket, _sum, _count and _created are added to.</param>
/// <param name="Sample">The name of plain samples.</param>
/// <param name="Unit">The unit in words; empty when there is none.</param>
internal readonly partial record struct PrometheusName(string Family, string Sample, string Unit)
{
    private const string Total = "_total";

    /// <summary>The name in Prometheus's text: headings name the samples.</summary>
    /// <param name="instrument">The instrument's name.</param>
    /// <param name="unit">Its unit; empty when it has none.</param>
    /// <param name="isCounter">It is a monotonic sum.</param>
    /// <param name="withoutTotal">Counters get no suffix.</param>
    public static PrometheusName InText(string instrument, string unit, bool isCounter, bool withoutTotal)
    {
        var words = PrometheusUnit.Words(unit);
        var name = Sanitise(instrument);
        if (!EndsWith(name, words) && !(isCounter && EndsWith(name, words + Total)))
        {
            name = $"{name}_{words}";
        }

        if (isCounter && !withoutTotal && !EndsWith(name, Total))
        {
            name += Total;
        }

        return new PrometheusName(name, name, words);
    }

    /// <summary>The name in OpenMetrics: a counter's samples end in _total, always, its headings do not.</summary>
    /// <param name="instrument">The instrument's name.</param>
    /// <param name="unit">Its unit; empty when it has none.</param>
    /// <param name="isCounter">It is a monotonic sum.</param>
    public static PrometheusName InOpenMetrics(string instrument, string unit, bool isCounter)
    {
        var words = PrometheusUnit.Words(unit);
        var name = isCounter ? WithoutTotal(instrument) : instrument;
        name = Sanitise(EndsWith(name, words) ? name : $"{name}_{words}");
        if (!isCounter)
        {
            return new PrometheusName(name, name, words);
        }

        var family = WithoutTotal(name);
        return new PrometheusName(family, family + Total, words);
    }

    // A digit cannot come first; it is replaced like any other character that cannot stand where it does.
    private static string Sanitise(string name) => Illegal().Replace(name, "_");

    private static string WithoutTotal(string name) => EndsWith(name, Total) ? name[..^Total.Length] : name;

    private static bool EndsWith(string name, string end) => name.EndsWith(end, StringComparison.Ordinal);

    [GeneratedRegex("^[0-9][^a-zA-Z0-9:]*|[^a-zA-Z0-9:]+", RegexOptions.CultureInvariant)]
    private static partial Regex Illegal();
}
