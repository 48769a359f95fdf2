using System.Net;
using System.Net.Sockets;
using DqnAspire.Grpc.Tests.Probe;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http.Features;

namespace DqnAspire.Grpc.Tests;

public sealed class CancellationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unary_TokenCancelsBothSides(bool throwOperationCanceled)
    {
        await using var server = await ProbeServer.StartAsync(
            configureChannel: options => options.ThrowOperationCanceledOnCancellation = throwOperationCanceled);
        var (arrived, stopped) = HandleUntilCancelled(server);
        using var cancellation = new CancellationTokenSource();

        using var call = server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: cancellation.Token);
        await arrived.WaitAsync(Patience, Cancelled);
        await cancellation.CancelAsync();

        if (throwOperationCanceled)
        {
            var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.ResponseAsync);
            Assert.Equal(cancellation.Token, exception.CancellationToken);
        }
        else
        {
            var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
            Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
            Assert.Equal("Call canceled by the client.", exception.Status.Detail);
        }

        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await stopped.WaitAsync(Patience, Cancelled);
    }

    [Fact]
    public async Task Unary_DisposeCancelsBothSides()
    {
        await using var server = await ProbeServer.StartAsync();
        var (arrived, stopped) = HandleUntilCancelled(server);
        var call = server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);
        await arrived.WaitAsync(Patience, Cancelled);

        call.Dispose();

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        Assert.Equal("gRPC call disposed.", exception.Status.Detail);
        await stopped.WaitAsync(Patience, Cancelled);
    }

    [Fact]
    public async Task Unary_CancelledTokenFailsAtOnce()
    {
        await using var server = await ProbeServer.StartAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: new CancellationToken(true)).ResponseAsync);

        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task ServerStream_DisposeInMidStreamReachesTheServer()
    {
        await using var server = await ProbeServer.StartAsync();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.ServerStream = async (_, replies, context) =>
        {
            using var registration = context.CancellationToken.Register(() => stopped.TrySetResult());
            while (true)
            {
                await replies.WriteAsync(new ProbeReply { Payload = Payloads.Create(1000) }, context.CancellationToken);
            }
        };
        var call = server.Client.ServerStream(new ProbeRequest(), cancellationToken: Cancelled);
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));

        call.Dispose();

        await stopped.Task.WaitAsync(Patience, Cancelled);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.ResponseStream.MoveNext(Cancelled));
    }

    [Fact]
    public async Task Duplex_ReadTokenCancelsTheCall()
    {
        await using var server = await ProbeServer.StartAsync();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.Duplex = async (requests, _, context) =>
        {
            using var registration = context.CancellationToken.Register(() => stopped.TrySetResult());
            await requests.MoveNext(context.CancellationToken);
        };
        using var call = server.Client.Duplex(cancellationToken: Cancelled);
        using var cancellation = new CancellationTokenSource();
        var reading = call.ResponseStream.MoveNext(cancellation.Token);

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => reading)).StatusCode);
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new ProbeRequest(), Cancelled));
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Duplex_CallTokenStopsABlockedWrite()
    {
        await using var server = await ProbeServer.StartAsync();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.Duplex = async (_, _, context) =>
        {
            using var registration = context.CancellationToken.Register(() => stopped.TrySetResult());
            await stopped.Task;
        };
        using var cancellation = new CancellationTokenSource();
        using var call = server.Client.Duplex(cancellationToken: cancellation.Token);

        // The server does not read: the flow-control window fills and a write waits.
        var writing = Task.Run(
            async () =>
            {
                while (true)
                {
                    await call.RequestStream.WriteAsync(new ProbeRequest { Payload = Payloads.Create(1 << 20) }, cancellation.Token);
                }
            },
            Cancelled);
        await Task.WhenAny(writing, Task.Delay(200, Cancelled));
        Assert.False(writing.IsCompleted);
        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => writing)).StatusCode);
        await stopped.Task.WaitAsync(Patience, Cancelled);
    }

    [Fact]
    public async Task ServerAbortInMidStreamIsAnErrorNotAnEnd()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.ServerStream = async (_, replies, context) =>
        {
            await replies.WriteAsync(new ProbeReply());
            context.GetHttpContext().Abort();
        };
        using var call = server.Client.ServerStream(new ProbeRequest(), cancellationToken: Cancelled);

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync(Cancelled).CountAsync(Cancelled));

        Assert.NotEqual(StatusCode.OK, exception.StatusCode);
    }

    [Fact]
    public async Task ServerStreamResetAsCancelledIsCancelled()
    {
        await using var server = await RawServer.StartAsync(context =>
        {
            context.Features.Get<IHttpResetFeature>()!.Reset(8);
            return Task.CompletedTask;
        });

        var exception = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task BrokenConnectionInMidStreamIsUnavailable()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Duplex = async (requests, replies, _) =>
        {
            await requests.MoveNext();
            await replies.WriteAsync(new ProbeReply());
            await requests.MoveNext();
        };

        // A proxy that can cut the wire without the goodbye of an orderly shutdown.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var channel = GrpcChannel.ForAddress($"http://{listener.LocalEndpoint}");
        using var call = new ProbeService.ProbeServiceClient(channel).Duplex(cancellationToken: Cancelled);
        var writing = call.RequestStream.WriteAsync(new ProbeRequest(), Cancelled);
        using var near = await listener.AcceptTcpClientAsync(Cancelled);
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancelled);
        var there = near.GetStream().CopyToAsync(far.GetStream(), Cancelled);
        var back = far.GetStream().CopyToAsync(near.GetStream(), Cancelled);
        await writing;
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));

        var reading = call.ResponseStream.MoveNext(Cancelled);
        near.Client.Close(0);
        far.Client.Close(0);

        var exception = await Assert.ThrowsAsync<RpcException>(() => reading.WaitAsync(Patience, Cancelled));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(there, back));
    }

    [Fact]
    public async Task NoServerIsUnavailable()
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{FreePort()}");
        var client = new ProbeService.ProbeServiceClient(channel);

        var exception = await Assert.ThrowsAsync<RpcException>(() => client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled).ResponseAsync);
        using var duplex = client.Duplex(cancellationToken: Cancelled);
        var writeException = await Assert.ThrowsAsync<RpcException>(() => duplex.RequestStream.WriteAsync(new ProbeRequest(), Cancelled));
        var headersException = await Assert.ThrowsAsync<RpcException>(() => duplex.ResponseHeadersAsync);

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.StartsWith("Error starting gRPC call.", exception.Status.Detail);
        Assert.Equal(StatusCode.Unavailable, writeException.StatusCode);
        Assert.Equal(StatusCode.Unavailable, headersException.StatusCode);
    }

    [Fact]
    public async Task WaitForReadyWaitsForTheServer()
    {
        var port = FreePort();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var call = new ProbeService.ProbeServiceClient(channel)
            .UnaryAsync(new ProbeRequest { Text = "x" }, new CallOptions(deadline: DateTime.UtcNow + Patience, cancellationToken: Cancelled).WithWaitForReady());
        await Task.WhenAny(call.ResponseAsync, Task.Delay(150, Cancelled));
        Assert.False(call.ResponseAsync.IsCompleted);

        await using var server = await ProbeServer.StartAsync(port: port);

        Assert.Equal("x", (await call).Text);
    }

    [Fact]
    public async Task DisposedChannelCancelsItsCalls()
    {
        await using var server = await ProbeServer.StartAsync();
        var (arrived, stopped) = HandleUntilCancelled(server);
        var channel = server.CreateChannel();
        var client = new ProbeService.ProbeServiceClient(channel);
        var call = client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);
        await arrived.WaitAsync(Patience, Cancelled);

        channel.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await stopped.WaitAsync(Patience, Cancelled);
        Assert.Throws<ObjectDisposedException>(() => { client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled); });
        Assert.Throws<ObjectDisposedException>(() => channel.CreateCallInvoker());
    }

    [Fact]
    public async Task RandomCancellationsLeaveOtherCallsWhole()
    {
        await using var server = await ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        var payloads = Enumerable.Range(0, 8).Select(i => Payloads.Create(1 << (2 * i))).ToArray();
        var random = new Random(7);
        var delays = Enumerable.Range(0, 300).Select(_ => random.Next(200, 8000)).ToArray();

        var survivors = await Task.WhenAll(delays.Select(async (delay, i) =>
        {
            using var cancellation = new CancellationTokenSource();
            using var call = server.Client.Duplex(cancellationToken: cancellation.Token);
            if (i % 2 == 0)
            {
                cancellation.CancelAfter(TimeSpan.FromMicroseconds(delay));
            }

            try
            {
                for (var round = 0; round < 8; round++)
                {
                    var payload = payloads[(i + round) % payloads.Length];
                    await call.RequestStream.WriteAsync(new ProbeRequest { Payload = payload }, Cancelled);
                    Assert.True(await call.ResponseStream.MoveNext(Cancelled));
                    Assert.Equal(payload, call.ResponseStream.Current.Payload);
                }

                await call.RequestStream.CompleteAsync();
                Assert.False(await call.ResponseStream.MoveNext(Cancelled));
                return true;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled && i % 2 == 0)
            {
                return false;
            }
        }));

        Assert.True(survivors.Count(survived => survived) >= 150);
    }

    [Fact]
    public async Task OverlappingReadsAndWritesAreRefused()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Duplex = async (requests, _, context) =>
        {
            var reading = requests.MoveNext(context.CancellationToken);
            await reading;
        };
        using var call = server.Client.Duplex(cancellationToken: Cancelled);

        var first = call.ResponseStream.MoveNext(Cancelled);
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext(Cancelled));
        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new ProbeRequest(), Cancelled));

        Assert.False(await first);
    }

    [Fact]
    public async Task WritesAndReadsAfterTheHandlerReturnedAreRefused()
    {
        await using var server = await ProbeServer.StartAsync();
        IServerStreamWriter<ProbeReply>? keptWriter = null;
        IAsyncStreamReader<ProbeRequest>? keptReader = null;
        server.Handler.Duplex = (requests, replies, _) =>
        {
            (keptReader, keptWriter) = (requests, replies);
            return Task.CompletedTask;
        };
        using var call = server.Client.Duplex(cancellationToken: Cancelled);
        Assert.False(await call.ResponseStream.MoveNext(Cancelled));

        await Assert.ThrowsAsync<InvalidOperationException>(() => keptWriter!.WriteAsync(new ProbeReply(), Cancelled));
        await Assert.ThrowsAsync<InvalidOperationException>(() => keptReader!.MoveNext(Cancelled));
    }

    private static (Task Arrived, Task Stopped) HandleUntilCancelled(ProbeServer server)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.Unary = async (_, context) =>
        {
            using var registration = context.CancellationToken.Register(() => stopped.TrySetResult());
            arrived.SetResult();
            await stopped.Task;
            return new ProbeReply();
        };
        return (arrived.Task, stopped.Task);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
