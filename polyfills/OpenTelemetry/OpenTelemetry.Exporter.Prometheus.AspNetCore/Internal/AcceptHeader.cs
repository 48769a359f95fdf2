using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Which of the two formats a scrape asks for.</summary>
internal static class AcceptHeader
{
    private const string OpenMetricsType = "application/openmetrics-text";

    /// <summary>
    /// OpenMetrics where it is named with at least the quality of plain text; the older text format otherwise, as for
    /// browsers and tools that accept anything.
    /// </summary>
    public static bool PrefersOpenMetrics(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept!, out var types))
        {
            return false;
        }

        var (openMetrics, text) = (0.0, 0.0);
        foreach (var type in types)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase) && SpeaksVersion(type))
            {
                openMetrics = Math.Max(openMetrics, quality);
            }
            else if (type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
            {
                text = Math.Max(text, quality);
            }
        }

        return openMetrics > 0 && openMetrics >= text;
    }

    private static bool SpeaksVersion(MediaTypeHeaderValue type)
    {
        var version = type.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value.Value;
        return version is null or "1.0.0" or "0.0.1";
    }
}
