using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace DqnAspire.GrpcPeers.Tests;

/// <summary>Our server on Kestrel at a free loopback port, with health and reflection.</summary>
public sealed class OurServer : IAsyncLifetime
{
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.Http2.MaxStreamsPerConnection = 2000;
        });
        builder.Services.AddSingleton<HangCounter>();
        builder.Services.AddGrpc(grpc => grpc.ResponseCompressionAlgorithm = "gzip");
        builder.Services.AddGrpcHealthChecks().AddCheck("ready", () => HealthCheckResult.Healthy());
        builder.Services.AddGrpcReflection();
        _app = builder.Build();
        _app.MapGrpcService<PeerService>();
        _app.MapGrpcHealthChecksService();
        _app.MapGrpcReflectionService();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
