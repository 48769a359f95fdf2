using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Exporter.Prometheus;
using OpenTelemetry.Metrics;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoint that Prometheus scrapes.</summary>
public static class PrometheusExporterEndpointRouteBuilderExtensions
{
    /// <summary>Maps the endpoint at <see cref="PrometheusAspNetCoreOptions.ScrapeEndpointPath"/>.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <returns>Conventions of the endpoint.</returns>
    /// <exception cref="ArgumentException">The application's meter provider has no Prometheus exporter.</exception>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = endpoints.ServiceProvider.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>().CurrentValue;
        return endpoints.MapPrometheusScrapingEndpoint(options.ScrapeEndpointPath ?? PrometheusAspNetCoreOptions.DefaultScrapeEndpointPath);
    }

    /// <summary>Maps the endpoint.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="path">Its path.</param>
    /// <returns>Conventions of the endpoint.</returns>
    /// <exception cref="ArgumentException">The application's meter provider has no Prometheus exporter.</exception>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(path);
        // The exporter is made with the provider.
        endpoints.ServiceProvider.GetRequiredService<MeterProvider>();
        var exporter = endpoints.ServiceProvider.GetService<ExporterHolder>()?.Exporter
            ?? throw new ArgumentException("The meter provider has no Prometheus exporter: AddPrometheusExporter is missing.");
        var scraper = new Scraper(exporter);
        return endpoints.Map(path.StartsWith('/') ? path : $"/{path}", (RequestDelegate)scraper.AnswerAsync);
    }
}
