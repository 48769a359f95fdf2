using DqnAspire.Grpc.Tests.Probe;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.Grpc.Tests;

public sealed class LimitTests
{
    private const int MiB = 1 << 20;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_RefusesMoreThanFourMebibytesByDefault()
    {
        await using var server = await ProbeServer.StartAsync();

        await AssertExhaustedAsync(server, 4 * MiB, "Received message exceeds the maximum configured message size.");

        Assert.Equal(4 * MiB - 100, await RoundTripAsync(server, (4 * MiB) - 100));
    }

    [Fact]
    public async Task Client_RefusesMoreThanFourMebibytesByDefault()
    {
        await using var server = await ProbeServer.StartAsync(options => options.MaxReceiveMessageSize = null);

        await AssertExhaustedAsync(server, 4 * MiB, "Received message exceeds the maximum configured message size.");
    }

    [Fact]
    public async Task LimitsCanBeRaised()
    {
        await using var server = await ProbeServer.StartAsync(
            options => options.MaxReceiveMessageSize = 16 * MiB,
            options => options.MaxReceiveMessageSize = null);

        Assert.Equal(10 * MiB, await RoundTripAsync(server, 10 * MiB));
    }

    [Fact]
    public async Task Client_RefusesToSendMoreThanItsLimit()
    {
        await using var server = await ProbeServer.StartAsync(configureChannel: options => options.MaxSendMessageSize = 1000);

        await AssertExhaustedAsync(server, 1000, "Sending message exceeds the maximum configured message size.");

        using var call = server.Client.Duplex(cancellationToken: Cancelled);
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new ProbeRequest { Payload = Payloads.Create(1000) }, Cancelled));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
    }

    [Fact]
    public async Task Server_RefusesToSendMoreThanItsLimit()
    {
        await using var server = await ProbeServer.StartAsync(options => options.MaxSendMessageSize = 1000);

        await AssertExhaustedAsync(server, 1000, "Sending message exceeds the maximum configured message size.");
    }

    [Fact]
    public async Task ServiceOptionsOverrideThoseOfAllServices()
    {
        await using var server = await ProbeServer.StartAsync(
            options => options.MaxReceiveMessageSize = 100,
            configureServices: services => services.AddGrpc().AddServiceOptions<ProbeServer.Service>(options => options.MaxReceiveMessageSize = 2000));

        Assert.Equal(1000, await RoundTripAsync(server, 1000));
        await AssertExhaustedAsync(server, 2000, "Received message exceeds the maximum configured message size.");
    }

    [Fact]
    public async Task OversizedMessageInAStreamEndsTheCallAndTheServerLives()
    {
        await using var server = await ProbeServer.StartAsync(options => options.MaxReceiveMessageSize = 1000);
        using var call = server.Client.Duplex(cancellationToken: Cancelled);
        await call.RequestStream.WriteAsync(new ProbeRequest { Payload = Payloads.Create(1000) }, Cancelled);

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        Assert.Equal(10, await RoundTripAsync(server, 10));
    }

    private static async Task<int> RoundTripAsync(ProbeServer server, int size) =>
        (await server.Client.UnaryAsync(new ProbeRequest { Payload = Payloads.Create(size) }, cancellationToken: Cancelled)).Payload.Length;

    private static async Task AssertExhaustedAsync(ProbeServer server, int size, string detail)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => RoundTripAsync(server, size));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        Assert.Equal(detail, exception.Status.Detail);
    }
}
