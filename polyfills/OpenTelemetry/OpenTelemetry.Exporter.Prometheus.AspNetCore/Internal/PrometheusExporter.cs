using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Hands the metrics of a collection to whoever asked for it.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(PrometheusAspNetCoreOptions options) : BaseExporter<Metric>, IPullMetricExporter
{
    private Action<PrometheusExporter, Batch<Metric>>? _receive;

    public PrometheusAspNetCoreOptions Options => options;

    public Func<int, bool>? Collect { get; set; }

    public Resource Resource => ParentProvider?.GetResource() ?? Resource.Empty;

    /// <summary>Collects now and gives the metrics to <paramref name="receive"/> before it returns. One call at a time.</summary>
    /// <returns>False when the collection failed.</returns>
    public bool TryCollect(Action<PrometheusExporter, Batch<Metric>> receive)
    {
        _receive = receive;
        try
        {
            return Collect?.Invoke(Timeout.Infinite) == true;
        }
        finally
        {
            _receive = null;
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        _receive?.Invoke(this, batch);
        return ExportResult.Success;
    }
}
