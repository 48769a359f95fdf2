using System.Net;
using Grpc.AspNetCore.HealthChecks;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DqnAspire.Grpc.Tests;

/// <summary>
/// A real server with two health checks, "replay" (tag "data") and "actors", and a client of its health service. Nothing is
/// published unless the test says so.
/// </summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private HealthServer(WebApplication application)
    {
        _application = application;
        _channel = GrpcChannel.ForAddress(application.Urls.Single());
        Client = new Health.HealthClient(_channel);
    }

    public Health.HealthClient Client { get; }

    /// <summary>What the checks find, by name; each run is counted.</summary>
    public CheckedThing Replay { get; } = new();

    public CheckedThing Actors { get; } = new();

    /// <summary>The statuses as they were published.</summary>
    public HealthServiceImpl Published => _application.Services.GetRequiredService<HealthServiceImpl>();

    public CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    public static async Task<HealthServer> StartAsync(Action<GrpcHealthChecksOptions>? configure = null)
    {
        HealthServer? server = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(5));
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher => publisher.Delay = TimeSpan.FromHours(1));
        builder.Services.AddGrpcHealthChecks(configure ?? (_ => { }))
            .AddCheck("replay", () => server!.Replay.Check(), ["data"])
            .AddCheck("actors", () => server!.Actors.Check());
        var application = builder.Build();
        application.UseRouting();
        application.MapGrpcHealthChecksService();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return server = new HealthServer(application);
    }

    /// <summary>Runs the checks and publishes what they find, as the host does from time to time.</summary>
    public async Task PublishAsync()
    {
        var report = await _application.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        foreach (var publisher in _application.Services.GetServices<IHealthCheckPublisher>())
        {
            await publisher.PublishAsync(report, TestContext.Current.CancellationToken);
        }
    }

    public Task StopAsync(CancellationToken now) => _application.StopAsync(now);

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    internal sealed class CheckedThing
    {
        private int _runs;

        public HealthStatus Status { get; set; } = HealthStatus.Healthy;

        public int Runs => Volatile.Read(ref _runs);

        public HealthCheckResult Check()
        {
            Interlocked.Increment(ref _runs);
            return new HealthCheckResult(Status);
        }
    }
}
