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

/// <summary>Aspire's service defaults, and what long gRPC streams need in addition.</summary>
public static class Extensions
{
    private const string HealthEndpointPath = "/health";
    private const string AlivenessEndpointPath = "/alive";
    private const string LiveTag = "live";
    private const int WindowBytes = 4 << 20;

    /// <summary>
    /// How long calls and hosted services may take for their end. Who starts services allows them ten seconds and more.
    /// </summary>
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(7.5);

    /// <summary>Settings of the lowest precedence: files, environment variables and arguments override them.</summary>
    private static readonly KeyValuePair<string, string?>[] Fallbacks =
    [
        // ServiceHost reports faults at start-up; CallOutcomeInterceptor or the caller reports faults in calls: once,
        // and without a stack trace when a peer has only gone away.
        new("Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", nameof(LogLevel.None)),
        new("Logging:LogLevel:Grpc", nameof(LogLevel.None)),
        // Spans of calls are named after the gRPC method, and carry its status.
        new("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_ENABLE_GRPC_INSTRUMENTATION", "true"),
        // A run can end before OpenTelemetry's default of one minute.
        new("OTEL_METRIC_EXPORT_INTERVAL", "2000"),
    ];

    /// <summary>Adds the defaults.</summary>
    /// <param name="builder">The service's builder, from <see cref="ServiceHost.CreateBuilder"/>.</param>
    /// <exception cref="StartUpException">
    /// Configuration has no address to listen on, or an invalid one.
    /// </exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Fallbacks });
        builder.ConfigureConsole();
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.AddGrpcServer();
        builder.Services.AddServiceDiscovery();
        builder.Services.AddHostedService<SystemWatch>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        LoopbackProxy.Use();
        return builder;
    }

    /// <summary>
    /// Metrics and traces: of the web server, HTTP clients, the runtime and the process, and the service's own.
    /// Prometheus finds the metrics at <c>/metrics</c>; all goes to an OTLP collector as well where
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
    /// </summary>
    public static WebApplicationBuilder ConfigureOpenTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var durations =
            new ExplicitBucketHistogramConfiguration { Boundaries = [.. Buckets.Durations.HistogramBucketBoundaries!] };
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                // Aspire sets an id to tell instances apart.
                if (builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"]?.Contains(
                    "service.instance.id=", StringComparison.Ordinal) != true)
                {
                    resource.AddAttributes(
                        [new("service.instance.id", $"{Environment.MachineName}:{Environment.ProcessId}")]);
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
                    // One span per call: HttpClient's own span is suppressed.
                    .AddGrpcClientInstrumentation(calls => calls.SuppressDownstreamInstrumentation = true)
                    .AddProcessor<TracedCallsProcessor>()
                    .AddSource("DqnAspire.*");
                // Aspire asks for "always_on", which would record the server side of calls that their caller excludes.
                if (builder.Configuration["OTEL_TRACES_SAMPLER"] is null or "" or "always_on")
                {
                    tracing.SetSampler(new ParentBasedSampler(new AlwaysOnSampler()));
                }
            });
        builder.Services.AddOptions<AspNetCoreTraceInstrumentationOptions>()
            .Configure<IOptions<TracedCalls>>((tracing, calls) =>
            tracing.Filter = context => calls.Value.Includes(context.Request));

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>
    /// Adds a check that the service answers, and gRPC's health service. The first check runs at once.
    /// </summary>
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
        // In every environment: AppHost and scrapers need them in production too, and the default addresses are on
        // loopback.
        app.MapHealthChecks(HealthEndpointPath).OnHttpSide();
        app.MapHealthChecks(
            AlivenessEndpointPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) })
            .OnHttpSide();
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
            kestrel.Limits.MaxConcurrentConnections = ConnectionLimit.Current;
            // Streams of 1 MiB messages must not wait for window updates or for room in the send buffer.
            kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * WindowBytes;
            kestrel.Limits.MaxResponseBufferSize = WindowBytes;
            // A thousand concurrent calls must not wait for each other.
            kestrel.Limits.Http2.MaxStreamsPerConnection = 2000;
            // A client that disappears silently must release what it holds.
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            // A stream lives as long as a run and may be silent for long.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddSingleton<CallOutcomeInterceptor>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<CallOutcomeInterceptor>());
        builder.Services.AddGrpcReflection();
    }

    /// <summary>
    /// One line per message on standard output, or JSON where <c>Logging:Console:FormatterName</c> is <c>json</c>.
    /// </summary>
    private static void ConfigureConsole(this WebApplicationBuilder builder)
    {
        // A host that names the formatter adds its own time stamps, as Aspire does.
        var isNamed = !string.IsNullOrEmpty(builder.Configuration["Logging:Console:FormatterName"]);
        builder.Logging.AddConsoleFormatter<LineConsoleFormatter, ConsoleFormatterOptions>();
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console =>
        {
            if (console.FormatterName is null or ConsoleFormatterNames.Simple)
            {
                console.FormatterName = LineConsoleFormatter.FormatterName;
            }
        });
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat ??= isNamed ? null : "HH:mm:ss.fff ";
        });
    }
}
