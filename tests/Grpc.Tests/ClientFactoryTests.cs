using DqnAspire.Grpc.Tests.Probe;
using Grpc.Core;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.Grpc.Tests;

public sealed class ClientFactoryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClientsAreInjectedWithTheirHandlersChannelAndInterceptors()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, context) => Task.FromResult(new ProbeReply { Text = context.RequestHeaders.GetValue("from-handler") });
        var tape = new InterceptorTests.Tape();
        var services = new ServiceCollection();
        services.AddGrpcClient<ProbeService.ProbeServiceClient>(options => options.Address = new Uri("http://probe"))
            .ConfigureChannel(channel => channel.MaxSendMessageSize = 1000)
            .AddInterceptor(() => new InterceptorTests.ClientRecorder("channel", tape))
            .AddInterceptor(InterceptorScope.Client, _ => new InterceptorTests.ClientRecorder("client", tape))
            .AddHttpMessageHandler(() => new Redirect(server.Address));
        await using var provider = services.BuildServiceProvider();

        var reply = await provider.GetRequiredService<ProbeService.ProbeServiceClient>().UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);
        var exception = await Assert.ThrowsAsync<RpcException>(() => provider.GetRequiredService<ProbeService.ProbeServiceClient>()
            .UnaryAsync(new ProbeRequest { Payload = Payloads.Create(1000) }, cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal("yes", reply.Text);
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        Assert.Equal(["client", "channel", "client", "channel"], tape.Lines);
    }

    [Fact]
    public async Task NamedClientsHaveTheirOwnAddresses()
    {
        await using var one = await ProbeServer.StartAsync();
        await using var two = await ProbeServer.StartAsync();
        one.Handler.Unary = (_, _) => Task.FromResult(new ProbeReply { Text = "one" });
        two.Handler.Unary = (_, _) => Task.FromResult(new ProbeReply { Text = "two" });
        var services = new ServiceCollection();
        services.AddGrpcClient<ProbeService.ProbeServiceClient>("one", options => options.Address = one.Address);
        services.AddGrpcClient<ProbeService.ProbeServiceClient>("two", (_, options) => options.Address = two.Address);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();

        Assert.Equal("one", (await factory.CreateClient<ProbeService.ProbeServiceClient>("one").UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled)).Text);
        Assert.Equal("two", (await factory.CreateClient<ProbeService.ProbeServiceClient>("two").UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled)).Text);
        Assert.Contains("three", Assert.Throws<InvalidOperationException>(() => factory.CreateClient<ProbeService.ProbeServiceClient>("three")).Message);
    }

    [Fact]
    public async Task MissingAddressIsNamed()
    {
        var services = new ServiceCollection();
        services.AddGrpcClient<ProbeService.ProbeServiceClient>();
        await using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<ProbeService.ProbeServiceClient>);

        Assert.Contains("ProbeServiceClient", exception.Message);
    }

    [Fact]
    public void GrpcConfigurationOfAnotherClientIsRefused()
    {
        var services = new ServiceCollection();

        Assert.Throws<InvalidOperationException>(() => services.AddHttpClient("plain").ConfigureChannel(_ => { }));
    }

    private sealed class Redirect(Uri address) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri!.AbsolutePath);
            request.Headers.Add("from-handler", "yes");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
