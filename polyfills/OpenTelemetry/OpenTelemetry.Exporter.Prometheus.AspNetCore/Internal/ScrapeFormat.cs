using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>The format of an answer: Prometheus's own text or OpenMetrics, in one of their versions.</summary>
/// <param name="OpenMetrics">OpenMetrics; otherwise Prometheus's text.</param>
/// <param name="Version">The version that the answer names; the lines of a format are the same in both of its versions.</param>
internal readonly record struct ScrapeFormat(bool OpenMetrics, string Version)
{
    private const string OpenMetricsType = "application/openmetrics-text";
    private const string TextType = "text/plain";
    private const string FirstWithEscaping = "1.0.0";

    /// <summary>For browsers and tools that accept anything, or nothing that is known here.</summary>
    public static ScrapeFormat Default { get; } = new(OpenMetrics: false, "0.0.4");

    /// <summary>From version 1.0.0 on a scrape may choose how names are escaped; names are written with underscores whatever it chooses.</summary>
    public string ContentType =>
        $"{(OpenMetrics ? OpenMetricsType : TextType)}; version={Version}; charset=utf-8{(Version == FirstWithEscaping ? "; escaping=underscores" : "")}";

    /// <summary>The acceptable format of the highest quality, the first of them when several have it.</summary>
    public static ScrapeFormat Negotiate(StringValues accept)
    {
        var (best, bestQuality) = (Default, 0.0);
        if (MediaTypeHeaderValue.TryParseList(accept!, out var types))
        {
            foreach (var type in types)
            {
                if (TryRead(type, out var format, out var quality) && quality > bestQuality)
                {
                    (best, bestQuality) = (format, quality);
                }
            }
        }

        return best;
    }

    private static bool TryRead(MediaTypeHeaderValue type, out ScrapeFormat format, out double quality)
    {
        var openMetrics = type.MediaType.Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase);
        format = new ScrapeFormat(openMetrics, openMetrics ? FirstWithEscaping : Default.Version);
        quality = 1;
        if (!openMetrics && !type.MediaType.Equals(TextType, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var parameter in type.Parameters)
        {
            var value = HeaderUtilities.RemoveQuotes(parameter.Value).Value ?? "";
            var known = parameter.Name.Value?.ToLowerInvariant() switch
            {
                "q" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality) && quality is > 0 and <= 1,
                "version" => value is FirstWithEscaping || value == (openMetrics ? "0.0.1" : Default.Version),
                "escaping" => value is "underscores" or "dots" or "values" or "allow-utf-8",
                _ => true,
            };
            if (!known)
            {
                return false;
            }

            if (parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase))
            {
                format = format with { Version = value };
            }
        }

        return true;
    }
}
