using DqnAspire.Grpc.Tests.Probe;
using Grpc.Core;

namespace DqnAspire.Grpc.Tests;

public sealed class StatusTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<StatusCode> ErrorCodes => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(ErrorCodes))]
    public async Task Unary_EveryErrorCodeArrivesWithDetailAndTrailers(StatusCode code)
    {
        const string Detail = "100 % wrong: ä €\n\u0001 \U0001F600";
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, context) =>
        {
            context.ResponseTrailers.Add("from-context", "1");
            throw new RpcException(new Status(code, Detail), new Metadata { { "text", "value" }, { "bytes-bin", [0, 1, 255] } });
        };

        var call = server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(code, exception.StatusCode);
        Assert.Equal(Detail, exception.Status.Detail);
        Assert.Equal("value", exception.Trailers.GetValue("text"));
        Assert.Equal("1", exception.Trailers.GetValue("from-context"));
        Assert.Equal([0, 1, 255], exception.Trailers.GetValueBytes("bytes-bin")!);
        Assert.Equal(code, call.GetStatus().StatusCode);
        Assert.Equal("value", call.GetTrailers().GetValue("text"));
    }

    [Theory]
    [InlineData(false, "Exception was thrown by handler.")]
    [InlineData(true, "Exception was thrown by handler. InvalidOperationException: secret FormatException: inner")]
    public async Task Unary_EscapedExceptionIsUnknown(bool detailed, string detail)
    {
        await using var server = await ProbeServer.StartAsync(options => options.EnableDetailedErrors = detailed);
        server.Handler.Unary = (_, _) => throw new InvalidOperationException("secret", new FormatException("inner"));

        var exception = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal(StatusCode.Unknown, exception.StatusCode);
        Assert.Equal(detail, exception.Status.Detail);
    }

    [Fact]
    public async Task Unary_NullReplyIsCancelled()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, _) => Task.FromResult<ProbeReply>(null!);

        var exception = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        Assert.Equal("No message returned from method.", exception.Status.Detail);
    }

    [Fact]
    public async Task Unary_StatusSetOnContextFailsTheCallDespiteItsReply()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, context) =>
        {
            context.Status = new Status(StatusCode.DataLoss, "set");
            return Task.FromResult(new ProbeReply());
        };

        var exception = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal(StatusCode.DataLoss, exception.StatusCode);
        Assert.Equal("set", exception.Status.Detail);
    }

    [Fact]
    public async Task ServerStream_ErrorBehindMessagesArrivesAfterThem()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.ServerStream = async (_, replies, _) =>
        {
            await replies.WriteAsync(new ProbeReply { Text = "first" });
            throw new RpcException(new Status(StatusCode.Aborted, "then"), new Metadata { { "k", "v" } });
        };
        using var call = server.Client.ServerStream(new ProbeRequest(), cancellationToken: Cancelled);

        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
        Assert.Equal("v", exception.Trailers.GetValue("k"));
        Assert.Equal("v", call.GetTrailers().GetValue("k"));
        Assert.Equal(StatusCode.Aborted, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled))).StatusCode);
    }

    [Fact]
    public async Task ServerStream_ErrorWithoutMessagesIsTrailersOnly()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.ServerStream = (_, _, _) => throw new RpcException(new Status(StatusCode.NotFound, "none"));
        using var call = server.Client.ServerStream(new ProbeRequest(), cancellationToken: Cancelled);

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
        Assert.DoesNotContain(await call.ResponseHeadersAsync, entry => entry.Key.StartsWith("grpc-"));
    }

    [Fact]
    public async Task ServerStream_NoMessagesAndOk()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.ServerStream(new ProbeRequest { Count = 0 }, cancellationToken: Cancelled);

        Assert.False(await call.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStream_EarlyErrorReachesTheClientThatStillWrites()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.ClientStream = async (requests, _) =>
        {
            await requests.MoveNext();
            throw new RpcException(new Status(StatusCode.InvalidArgument, "bad lane"));
        };
        using var call = server.Client.ClientStream(cancellationToken: Cancelled);
        await call.RequestStream.WriteAsync(new ProbeRequest(), Cancelled);

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        var writeException = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new ProbeRequest(), Cancelled));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, writeException.StatusCode);
    }

    [Fact]
    public async Task ClientStream_WriterThatNeverLooksAtTheResponseIsStoppedByIt()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.ClientStream = (_, _) => throw new RpcException(new Status(StatusCode.InvalidArgument, "bad"));
        using var call = server.Client.ClientStream(cancellationToken: Cancelled);

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
            {
                await call.RequestStream.WriteAsync(new ProbeRequest { Payload = Payloads.Create(100_000) }, Cancelled);
            }
        });

        Assert.Contains(exception.StatusCode, new[] { StatusCode.InvalidArgument, StatusCode.Cancelled });
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Unary_OkTrailersAreReadable()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, context) =>
        {
            context.ResponseTrailers.Add("cost", "3");
            return Task.FromResult(new ProbeReply());
        };

        using var call = server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);
        await call;

        Assert.Equal("3", call.GetTrailers().GetValue("cost"));
    }

    [Fact]
    public async Task RunningCallHasNeitherStatusNorTrailers()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.Duplex(cancellationToken: Cancelled);

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact]
    public async Task InvalidTrailerFailsTheCallWithUnknown()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, context) =>
        {
            context.ResponseTrailers.Add("text", "line\nbreak");
            return Task.FromResult(new ProbeReply());
        };

        var exception = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal(StatusCode.Unknown, exception.StatusCode);
    }
}
