using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>OpenTelemetry as every service has it.</summary>
internal static class TelemetryExtensions
{
    private const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Metrics of the runtime, the web server, HTTP, gRPC and the service itself, for Prometheus at <c>/metrics</c>; traces
    /// across services. Both go to an OTLP collector as well where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
    /// </summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .WithMetrics(metrics => metrics
                .AddMeter(
                    "System.Runtime",
                    "System.Net.Http",
                    "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel",
                    "DqnAspire.*")
                .AddPrometheusExporter())
            .WithTracing(traces => traces
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "DqnAspire.*")
                .SetSampler(new ParentBasedSampler(new AlwaysOnSampler())));

        if (!string.IsNullOrEmpty(builder.Configuration[OtlpVariable]))
        {
            telemetry.UseOtlpExporter();
        }
    }

    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint().OnHttpPort(app);
}
