using DqnAspire.GrpcPeers.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.GrpcPeers.Tests;

/// <summary>Our client against a server of another make.</summary>
public sealed class OurClientTests(PythonServer server) : IClassFixture<PythonServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Peer.PeerClient Client => new(server.Channel);

    [Fact]
    public async Task Unary_WithMetadataBothWays()
    {
        var headers = new Metadata { { "x-word", "hello" }, { "x-raw-bin", [0, 1, 2, 255] } };
        using var call = Client.EchoAsync(
            new Message { Text = "grüß", Count = 7, Data = ByteString.CopyFrom(0, 255) }, headers, cancellationToken: Cancellation);

        var answer = await call;

        Assert.Equal(("grüß", 7), (answer.Text, answer.Count));
        Assert.Equal([0, 255], answer.Data.ToByteArray());
        Assert.Equal("hello", call.GetTrailers().GetValue("x-word"));
        Assert.Equal([0, 1, 2, 255], call.GetTrailers().GetValueBytes("x-raw-bin"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ServerStream()
    {
        using var call = Client.Count(new Message { Count = 100 }, cancellationToken: Cancellation);
        var counts = new List<int>();
        await foreach (var message in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            counts.Add(message.Count);
        }

        Assert.Equal(Enumerable.Range(0, 100), counts);
    }

    [Fact]
    public async Task ClientStream()
    {
        using var call = Client.Join(cancellationToken: Cancellation);
        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new Message { Text = $"{i}" }, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
        var answer = await call;
        Assert.Equal(50, answer.Count);
        Assert.EndsWith("48,49", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bidirectional_MessageByMessage()
    {
        using var call = Client.Chat(cancellationToken: Cancellation);
        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new Message { Count = i }, Cancellation);
            Assert.True(await call.ResponseStream.MoveNext(Cancellation));
            Assert.Equal(i, call.ResponseStream.Current.Count);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Cancellation));
    }

    [Fact]
    public async Task EveryStatus_WithDetailAndTrailers()
    {
        for (var code = 1; code <= 16; code++)
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await Client.FailAsync(new Message { Count = code, Text = $"ändere {code}%\n" }, cancellationToken: Cancellation));
            Assert.Equal((StatusCode)code, error.StatusCode);
            Assert.Equal($"ändere {code}%\n", error.Status.Detail);
            Assert.Equal("because", error.Trailers.GetValue("x-reason"));
            Assert.Equal([0, 1, 2, 255], error.Trailers.GetValueBytes("x-raw-bin"));
        }
    }

    [Fact]
    public async Task Deadline()
    {
        using var call = Client.Hang(new Message(), deadline: DateTime.UtcNow.AddSeconds(0.2), cancellationToken: Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task Cancel_IsSeenByTheServer()
    {
        var before = (await Client.SeenAsync(new Message(), cancellationToken: Cancellation)).Count;
        using var stop = new CancellationTokenSource();
        using var call = Client.Hang(new Message(), cancellationToken: stop.Token);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        await stop.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        var seen = await Client.SeenAsync(new Message { Count = before + 1 }, deadline: DateTime.UtcNow.AddSeconds(20), cancellationToken: Cancellation);
        Assert.True(seen.Count > before);
    }

    [Fact]
    public async Task OversizedMessages_InBothDirections()
    {
        var data = ByteString.CopyFrom(new byte[5 << 20]);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Client.EchoAsync(new Message { Data = data }, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);

        // 8 messages of 1 MiB each are under our limit, one of them with a text beside it too.
        using var call = Client.Count(new Message { Count = 8, Data = ByteString.CopyFrom(new byte[1 << 20]) }, cancellationToken: Cancellation);
        var bytes = 0;
        await foreach (var message in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            bytes += message.Data.Length;
        }

        Assert.Equal(8 << 20, bytes);
    }

    [Fact]
    public async Task Gzip_BothWays()
    {
        var data = ByteString.CopyFrom(Enumerable.Repeat((byte)'a', 100_000).ToArray());

        var answer = await Client.EchoAsync(
            new Message { Data = data }, new Metadata { { "grpc-internal-encoding-request", "gzip" } }, cancellationToken: Cancellation);

        Assert.Equal(data, answer.Data);
    }

    [Fact]
    public async Task AThousandCalls_OnOneConnection()
    {
        var client = Client;
        var answers = await Task.WhenAll(Enumerable.Range(1, 1000)
            .Select(async i => (await client.EchoAsync(new Message { Count = i }, cancellationToken: Cancellation)).Count));

        Assert.Equal(Enumerable.Range(1, 1000), answers);
    }

    [Fact]
    public async Task AServerKilledInMidStream_IsUnavailable()
    {
        await using var victim = new PythonServer();
        await victim.InitializeAsync();
        using var call = new Peer.PeerClient(victim.Channel).Hang(new Message(), cancellationToken: Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        victim.Kill();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }
}
