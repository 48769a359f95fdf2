using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace DqnAspire.OpenTelemetryPolyfill.Tests;

/// <summary>An application with a meter of its own, scraped over HTTP.</summary>
internal sealed partial class MeteredApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private MeteredApp(WebApplication app, Meter meter)
    {
        _app = app;
        Meter = meter;
        Address = new Uri(new Uri(app.Urls.Single()), "/metrics");
    }

    public Meter Meter { get; }

    public Uri Address { get; }

    public static async Task<MeteredApp> StartAsync(Action<PrometheusAspNetCoreOptions>? configure = null)
    {
        // A name of its own: meters of tests that run at the same time are seen by every provider that asks for them.
        var meter = new Meter($"test.{Guid.NewGuid():N}", "1.2");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddAttributes([new("service.name", "the \"test\"")]))
            .WithMetrics(metrics => metrics.AddMeter(meter.Name).AddPrometheusExporter(options =>
            {
                options.ScrapeResponseCacheDurationMilliseconds = 0;
                configure?.Invoke(options);
            }));
        var app = builder.Build();
        app.MapPrometheusScrapingEndpoint();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new MeteredApp(app, meter);
    }

    public async Task<string> ScrapeAsync(string accept = "*/*")
    {
        using var response = await SendAsync(accept);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A scrape without the lines on the resource, the scope's labels written as "SCOPE", times of creation as "SINCE".</summary>
    public async Task<string> LinesAsync(string accept = "*/*")
    {
        var lines = (await ScrapeAsync(accept)).Split('\n').Where(l => !l.Contains("target", StringComparison.Ordinal));
        var text = SinceWhen().Replace(string.Join('\n', lines), "$1 SINCE");
        return text.Replace($"otel_scope_name=\"{Meter.Name}\",otel_scope_version=\"1.2\"", "SCOPE", StringComparison.Ordinal);
    }

    public async Task<HttpResponseMessage> SendAsync(string accept, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        Meter.Dispose();
    }

    [GeneratedRegex(@"(?<=_created)(\{.*\}) [0-9.]+$", RegexOptions.Multiline)]
    private static partial Regex SinceWhen();
}
