using DqnAspire.ServiceDefaults.Calls;
using DqnAspire.ServiceDefaults.Clients;
using DqnAspire.ServiceDefaults.Http;
using DqnAspire.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DqnAspire.ServiceDefaults;

/// <summary>What every service has: Aspire's service defaults, and what long gRPC streams need beyond them.</summary>
public static class Extensions
{
    private const string HealthEndpointPath = "/health";
    private const string AlivenessEndpointPath = "/alive";
    private const string LiveTag = "live";
    private const int WindowBytes = 4 << 20;

    /// <summary>Settings of the lowest rank: whatever a file, a variable or an argument says wins.</summary>
    private static readonly KeyValuePair<string, string?>[] Fallbacks =
    [
        // What fails at the start is told by ServiceHost, what fails in a call by CallOutcomeInterceptor or by whoever called: once, and
        // with no stack trace where a peer has merely gone away.
        new("Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", nameof(LogLevel.None)),
        new("Logging:LogLevel:Grpc", nameof(LogLevel.None)),
        // Spans of calls are named after the gRPC method, and carry its status.
        new("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_ENABLE_GRPC_INSTRUMENTATION", "true"),
        // A run can be over before OpenTelemetry's minute is.
        new("OTEL_METRIC_EXPORT_INTERVAL", "2000"),
    ];

    /// <summary>Adds the defaults.</summary>
    /// <param name="builder">The service's builder, from <see cref="ServiceHost.CreateBuilder"/>.</param>
    /// <exception cref="StartUpException">Configuration has no address to listen on, or something that is none.</exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Fallbacks });
        builder.ConfigureConsole();
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.AddGrpcServer();
        builder.Services.AddServiceDiscovery();
        builder.Services.AddHostedService<SystemWatch>();
        LoopbackProxy.Use();
        return builder;
    }

    /// <summary>
    /// Metrics and traces: of the web server, HTTP clients, the runtime and the process, and the service's own. Prometheus finds the
    /// metrics at <c>/metrics</c>; all goes to an OTLP collector as well where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
    /// </summary>
    public static WebApplicationBuilder ConfigureOpenTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var durations = new ExplicitBucketHistogramConfiguration { Boundaries = [.. Buckets.Durations.HistogramBucketBoundaries!] };
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                // Aspire tells services apart by the id that it gives them.
                if (builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"]?.Contains("service.instance.id=", StringComparison.Ordinal) != true)
                {
                    resource.AddAttributes([new("service.instance.id", $"{Environment.MachineName}:{Environment.ProcessId}")]);
                }
            })
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddProcessInstrumentation()
                .AddMeter("DqnAspire.*")
                .AddView("http.server.request.duration", durations)
                .AddView("http.client.request.duration", durations)
                .AddPrometheusExporter())
            .WithTracing(tracing =>
            {
                tracing
                    .AddAspNetCoreInstrumentation()
                    // A call is one span: what HttpClient would say of it is left out.
                    .AddGrpcClientInstrumentation(calls => calls.SuppressDownstreamInstrumentation = true)
                    .AddProcessor<TracedCallsProcessor>()
                    .AddSource("DqnAspire.*");
                // "always_on" is what Aspire asks for; it would bring back the far end of calls that their caller does not trace.
                if (builder.Configuration["OTEL_TRACES_SAMPLER"] is null or "" or "always_on")
                {
                    tracing.SetSampler(new ParentBasedSampler(new AlwaysOnSampler()));
                }
            });
        builder.Services.AddOptions<AspNetCoreTraceInstrumentationOptions>().Configure<IOptions<TracedCalls>>((tracing, calls) =>
            tracing.Filter = context => calls.Value.Includes(context.Request));

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>Adds a check that the service answers, and those of gRPC's own health service; they are first made at once.</summary>
    public static WebApplicationBuilder AddDefaultHealthChecks(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpcHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Delay = TimeSpan.FromMilliseconds(100);
            publisher.Period = TimeSpan.FromSeconds(5);
        });
        return builder;
    }

    /// <summary>Maps health and metrics, and gRPC's own health and reflection.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        // In every environment: AppHost and scrapers ask in production too, and addresses are those of this machine unless told otherwise.
        app.MapHealthChecks(HealthEndpointPath).OnHttpSide();
        app.MapHealthChecks(AlivenessEndpointPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) }).OnHttpSide();
        app.MapPrometheusScrapingEndpoint().OnHttpSide();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        return app;
    }

    /// <summary>gRPC at the addresses of <c>Kestrel:Endpoints</c>.</summary>
    private static void AddGrpcServer(this WebApplicationBuilder builder)
    {
        EndpointSettings.Require(builder.Configuration);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Streams of 1 MiB messages should wait neither for window updates nor for room to be sent from.
            kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * WindowBytes;
            kestrel.Limits.MaxResponseBufferSize = WindowBytes;
            // A thousand calls should not wait for each other.
            kestrel.Limits.Http2.MaxStreamsPerConnection = 2000;
            // A client that is gone without a word gives back what it holds.
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            // A stream lives as long as a run, and may say nothing for long.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddSingleton<CallOutcomeInterceptor>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<CallOutcomeInterceptor>());
        builder.Services.AddGrpcReflection();
    }

    /// <summary>A line a message on standard output, or JSON where <c>Logging:Console:FormatterName</c> is <c>json</c>.</summary>
    private static void ConfigureConsole(this WebApplicationBuilder builder)
    {
        // Whoever names the formatter takes the lines and stamps each itself, as Aspire does.
        var isNamed = !string.IsNullOrEmpty(builder.Configuration["Logging:Console:FormatterName"]);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName ??= ConsoleFormatterNames.Simple);
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat ??= isNamed ? null : "HH:mm:ss.fff ";
        });
    }
}
