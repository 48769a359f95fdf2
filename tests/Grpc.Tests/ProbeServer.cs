using System.Net;
using DqnAspire.Grpc.Tests.Probe;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DqnAspire.Grpc.Tests;

/// <summary>A real server on a free loopback port, cleartext HTTP/2, with one channel to it.</summary>
public sealed class ProbeServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ProbeServer(WebApplication application, ProbeHandler handler, Action<GrpcChannelOptions>? configureChannel)
    {
        _application = application;
        Handler = handler;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Channel = CreateChannel(configureChannel);
        Client = new ProbeService.ProbeServiceClient(Channel);
    }

    public ProbeHandler Handler { get; }

    public Uri Address { get; }

    public GrpcChannel Channel { get; }

    public ProbeService.ProbeServiceClient Client { get; }

    public static async Task<ProbeServer> StartAsync(
        Action<GrpcServiceOptions>? configure = null,
        Action<GrpcChannelOptions>? configureChannel = null,
        Action<IServiceCollection>? configureServices = null,
        HttpProtocols protocols = HttpProtocols.Http2,
        int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = protocols);
            kestrel.Limits.Http2.MaxStreamsPerConnection = 2000;
        });
        builder.Logging.ClearProviders();
        var handler = new ProbeHandler();
        builder.Services.AddSingleton(handler);
        builder.Services.AddGrpc(configure ?? (_ => { }));
        configureServices?.Invoke(builder.Services);
        var application = builder.Build();
        application.UseRouting();
        application.MapGrpcService<Service>();
        application.MapGet("/page", () => "a page");
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new ProbeServer(application, handler, configureChannel);
    }

    public GrpcChannel CreateChannel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Address, options);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);

        // A handler that a failed assertion left waiting must not hang the whole run.
        await _application.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
    }

    public sealed class Service(ProbeHandler handler) : ProbeService.ProbeServiceBase
    {
        public override Task<ProbeReply> Unary(ProbeRequest request, ServerCallContext context) => handler.Unary(request, context);

        public override Task<ProbeReply> ClientStream(IAsyncStreamReader<ProbeRequest> requestStream, ServerCallContext context) =>
            handler.ClientStream(requestStream, context);

        public override Task ServerStream(ProbeRequest request, IServerStreamWriter<ProbeReply> responseStream, ServerCallContext context) =>
            handler.ServerStream(request, responseStream, context);

        public override Task Duplex(IAsyncStreamReader<ProbeRequest> requestStream, IServerStreamWriter<ProbeReply> responseStream, ServerCallContext context) =>
            handler.Duplex(requestStream, responseStream, context);
    }
}
