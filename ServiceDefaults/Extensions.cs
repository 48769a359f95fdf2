using System.Net;
using DqnAspire.ServiceDefaults.Clients;
using DqnAspire.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace DqnAspire.ServiceDefaults;

/// <summary>What every service has: ports, telemetry, health, gRPC with its health and reflection, clients of the others.</summary>
public static class Extensions
{
    private const string LiveTag = "live";
    private const int WindowBytes = 4 << 20;

    /// <summary>Adds the defaults.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="endpoints">The service's name and default ports; configuration may change the ports.</param>
    /// <param name="maxReceiveMessageBytes">Largest message that the service takes; null: gRPC's default of 4 MiB.</param>
    /// <exception cref="StartUpException">Configuration names something that is no port.</exception>
    public static WebApplicationBuilder AddServiceDefaults(
        this WebApplicationBuilder builder, ServiceEndpoints endpoints, int? maxReceiveMessageBytes = null)
    {
        var configured = endpoints.From(builder.Configuration);
        builder.Services.AddSingleton(configured);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, configured.Grpc, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, configured.Http, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
            // Streams of 1 MiB messages should wait neither for window updates nor for room to be sent from, nor a thousand calls for each
            // other.
            kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * WindowBytes;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 2000;
            kestrel.Limits.MaxResponseBufferSize = WindowBytes;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });

        builder.AddConsoleLogs();

        builder.Services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Delay = TimeSpan.FromMilliseconds(100);
            publisher.Period = TimeSpan.FromSeconds(5);
        });
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddSingleton<GrpcServerMetricsInterceptor>();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = maxReceiveMessageBytes ?? grpc.MaxReceiveMessageSize;
            grpc.Interceptors.Add<GrpcServerMetricsInterceptor>();
        });
        builder.AddTelemetry(configured.Service);
        return builder;
    }

    /// <summary>Maps health, metrics and, on the gRPC port, gRPC's own health and reflection.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health").OnHttpPort(app);
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) }).OnHttpPort(app);
        app.MapTelemetry();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        return app;
    }

    /// <summary>Limits an endpoint to the HTTP/1.1 port; the gRPC port answers nothing but gRPC.</summary>
    public static TBuilder OnHttpPort<TBuilder>(this TBuilder endpoint, WebApplication app)
        where TBuilder : IEndpointConventionBuilder
    {
        var port = app.Services.GetRequiredService<ServiceEndpoints>().Http;
        return port == 0 ? endpoint : endpoint.RequireHost($"*:{port}");
    }

    /// <summary>
    /// Adds a client of another service. Its address comes from service discovery (<c>services__NAME__grpc__0</c>), or is
    /// the service's default port on this machine.
    /// </summary>
    /// <typeparam name="TClient">The generated client.</typeparam>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The other service.</param>
    /// <param name="idempotentMethods">Names of unary methods that may be called again when the service was unavailable.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(
        this WebApplicationBuilder builder, ServiceEndpoints service, params string[] idempotentMethods)
        where TClient : class
    {
        var address = ServiceAddress.Of(builder.Configuration, service);
        return builder.Services
            .AddGrpcClient<TClient>(client => client.Address = address)
            .ConfigurePrimaryHttpMessageHandler(ServiceChannel.CreateHandler)
            .ConfigureChannel(ServiceChannel.Configure)
            .AddInterceptor(() => new ResilienceInterceptor(idempotentMethods));
    }
}
