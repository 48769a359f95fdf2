using DqnAspire.Grpc.Tests.Probe;
using Grpc.Core;

namespace DqnAspire.Grpc.Tests;

public sealed class CallKindTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4091)]
    [InlineData(16384)]
    [InlineData(3_000_000)]
    public async Task Unary_EchoesPayloadsOfAllSizes(int size)
    {
        await using var server = await ProbeServer.StartAsync();
        var payload = Payloads.Create(size);

        var call = server.Client.UnaryAsync(new ProbeRequest { Text = "a", Payload = payload }, cancellationToken: Cancelled);
        var reply = await call;

        Assert.Equal("a", reply.Text);
        Assert.Equal(payload, reply.Payload);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
    }

    [Fact]
    public async Task BlockingUnary_ReturnsReply()
    {
        await using var server = await ProbeServer.StartAsync();

        var reply = server.Client.Unary(new ProbeRequest { Text = "b" }, cancellationToken: Cancelled);

        Assert.Equal("b", reply.Text);
    }

    [Fact]
    public async Task ClientStream_ServerSeesAllMessagesInOrder()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.ClientStream(cancellationToken: Cancelled);
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new ProbeRequest { Text = i.ToString() }, Cancelled);
        }

        await call.RequestStream.CompleteAsync();
        var reply = await call;

        Assert.Equal(string.Join(',', Enumerable.Range(0, 100)), reply.Text);
    }

    [Fact]
    public async Task ServerStream_ClientSeesAllMessagesInOrder()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.ServerStream(new ProbeRequest { Text = "c", Count = 100, ReplySize = 10_000 }, cancellationToken: Cancelled);

        var index = 0;
        await foreach (var reply in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            Assert.Equal(index++, reply.Index);
            Assert.Equal(Payloads.Create(10_000), reply.Payload);
        }

        Assert.Equal(100, index);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(await call.ResponseStream.MoveNext(Cancelled));
    }

    [Fact]
    public async Task Duplex_PingPongAndEnd()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.Duplex(cancellationToken: Cancelled);
        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new ProbeRequest { Text = $"{i}", Payload = Payloads.Create(7 * 1024) }, Cancelled);
            Assert.True(await call.ResponseStream.MoveNext(Cancelled));
            Assert.Equal($"{i}", call.ResponseStream.Current.Text);
            Assert.Equal(i, call.ResponseStream.Current.Index);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Duplex_LargeMessagesBothWaysAtOnce()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.Duplex(cancellationToken: Cancelled);
        var payload = Payloads.Create(1 << 20);
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    await call.RequestStream.WriteAsync(new ProbeRequest { Payload = payload }, Cancelled);
                }

                await call.RequestStream.CompleteAsync();
            },
            Cancelled);

        var count = 0;
        await foreach (var reply in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            Assert.Equal(count++, reply.Index);
            Assert.Equal(payload, reply.Payload);
        }

        await writing;
        Assert.Equal(20, count);
    }

    [Fact]
    public async Task ThousandConcurrentCallsOnOneConnection()
    {
        await using var server = await ProbeServer.StartAsync(configureChannel: options => options.HttpHandler = new SocketsHttpHandler());
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        server.Handler.Unary = async (request, _) =>
        {
            // No call ends before all have arrived: they are in flight together.
            if (Interlocked.Increment(ref waiting) == 1000)
            {
                all.SetResult();
            }

            await all.Task;
            return new ProbeReply { Text = request.Text };
        };

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(i => server.Client.UnaryAsync(new ProbeRequest { Text = $"{i}" }, cancellationToken: Cancelled).ResponseAsync));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), replies.Select(reply => reply.Text));
    }
}
