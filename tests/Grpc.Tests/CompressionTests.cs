using System.IO.Compression;
using DqnAspire.Grpc.Tests.Probe;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.Grpc.Tests;

public sealed class CompressionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task BothWays(string encoding)
    {
        await using var server = await ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = encoding);
        var payload = Payloads.Create(100_000);
        string? seen = null;
        server.Handler.Unary = (request, context) =>
        {
            seen = context.GetHttpContext().Request.Headers["grpc-encoding"];
            Assert.Equal(payload, request.Payload);
            return Task.FromResult(new ProbeReply { Payload = request.Payload });
        };

        var reply = await server.Client.UnaryAsync(
            new ProbeRequest { Payload = payload },
            new Metadata { { "grpc-internal-encoding-request", encoding } },
            cancellationToken: Cancelled);

        Assert.Equal(encoding, seen);
        Assert.Equal(payload, reply.Payload);
    }

    [Theory]
    [InlineData("identity,gzip", true)]
    [InlineData("identity", false)]
    [InlineData("deflate", false)]
    public async Task Server_CompressesOnlyForClientsThatAcceptIt(string accepted, bool compressed)
    {
        await using var server = await ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        var message = new ProbeRequest { Payload = Payloads.Create(10_000) }.ToByteArray();

        using var response = await RawClient.SendAsync(server.Address, "Unary", RawClient.Frame(message), ("grpc-accept-encoding", accepted));
        var body = await response.Content.ReadAsByteArrayAsync(Cancelled);

        Assert.Equal("0", RawClient.Status(response));
        Assert.Equal(compressed ? 1 : 0, body[0]);
        Assert.Equal(compressed, response.Headers.Contains("grpc-encoding"));
        Assert.Equal(compressed, body.Length < 5000);
    }

    [Fact]
    public async Task Server_HandlerCanAskForUncompressedMessages()
    {
        await using var server = await ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        server.Handler.Unary = (request, context) =>
        {
            context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
            return Task.FromResult(new ProbeReply { Payload = request.Payload });
        };

        using var response = await RawClient.SendAsync(
            server.Address, "Unary", RawClient.Frame(new ProbeRequest { Payload = Payloads.Create(10_000) }.ToByteArray()), ("grpc-accept-encoding", "gzip"));

        Assert.Equal(0, (await response.Content.ReadAsByteArrayAsync(Cancelled))[0]);
    }

    [Fact]
    public async Task Server_UnknownEncodingIsUnimplementedAndNamesTheKnownOnes()
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, "Unary", RawClient.Frame([1, 2, 3], 1), ("grpc-encoding", "snappy"));

        Assert.Equal("12", RawClient.Status(response));
        Assert.Equal("identity,gzip,deflate", response.Headers.GetValues("grpc-accept-encoding").Single());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    [InlineData(null)]
    public async Task Server_CompressedFlagOnRubbishIsInternal(string? encoding)
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(
            server.Address, "Unary", RawClient.Frame([1, 2, 3], 1), encoding is null ? [] : [("grpc-encoding", encoding)]);

        Assert.Equal("13", RawClient.Status(response));
    }

    [Fact]
    public async Task Server_LimitCountsDecompressedBytes()
    {
        await using var server = await ProbeServer.StartAsync(options => options.MaxReceiveMessageSize = 100_000);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[10_000_000]);
        }

        Assert.True(compressed.Length < 100_000);
        using var response = await RawClient.SendAsync(server.Address, "Unary", RawClient.Frame(compressed.ToArray(), 1), ("grpc-encoding", "gzip"));

        Assert.Equal("8", RawClient.Status(response));
    }

    [Fact]
    public async Task Client_UnknownEncodingFailsTheCall()
    {
        await using var server = await ProbeServer.StartAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(
            new ProbeRequest(), new Metadata { { "grpc-internal-encoding-request", "snappy" } }, cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal(StatusCode.Internal, exception.StatusCode);
        Assert.Contains("snappy", exception.Status.Detail);
    }

    [Fact]
    public async Task Server_UnknownResponseAlgorithmStopsTheApplicationAtStart()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ProbeServer.StartAsync(options => options.ResponseCompressionAlgorithm = "snappy"));

        Assert.Contains("snappy", exception.Message);
    }
}
