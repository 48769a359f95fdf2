namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Where the endpoint finds the exporter that the meter provider was made with.</summary>
internal sealed class ExporterHolder
{
    public PrometheusExporter? Exporter { get; set; }
}
