namespace OpenTelemetry.Exporter;

/// <summary>How metrics are shown to Prometheus.</summary>
public class PrometheusAspNetCoreOptions
{
    internal const string DefaultScrapeEndpointPath = "/metrics";

    /// <summary>Path of the endpoint.</summary>
    public string? ScrapeEndpointPath { get; set; } = DefaultScrapeEndpointPath;

    /// <summary>Leaves the names of counters without the suffix <c>_total</c>; OpenMetrics has it always.</summary>
    public bool DisableTotalNameSuffixForCounters { get; set; }

    /// <summary>Milliseconds for which an answer serves further scrapes; 0: none.</summary>
    public int ScrapeResponseCacheDurationMilliseconds { get; set; } = 300;
}
