using System.Net;
using DqnAspire.Grpc.Tests.Probe;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DqnAspire.Grpc.Tests;

public sealed class ProtocolTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpcx")]
    [InlineData("text/plain")]
    public async Task Server_OtherContentTypeIs415(string contentType)
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, "Unary", [], ("content-type", contentType));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("13", RawClient.Status(response));
        Assert.Equal($"Content-Type '{contentType}' is not supported.", RawClient.Message(response));
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    public async Task Server_GrpcContentTypesAreServed(string contentType)
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, "Unary", RawClient.Frame([]), ("content-type", contentType));

        Assert.Equal("0", RawClient.Status(response));
        Assert.Equal("application/grpc", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Server_Http1Is426()
    {
        await using var server = await ProbeServer.StartAsync(protocols: HttpProtocols.Http1);
        using var client = new HttpClient();
        using var content = new ByteArrayContent([]) { Headers = { ContentType = new("application/grpc") } };

        using var response = await client.PostAsync(new Uri(server.Address, "/probe.v1.ProbeService/Unary"), content, Cancelled);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("Request protocol 'HTTP/1.1' is not supported.", RawClient.Message(response));
    }

    [Theory]
    [InlineData("/probe.v1.ProbeService/Nothing", "Method is unimplemented.")]
    [InlineData("/probe.v1.Nothing/Unary", "Service is unimplemented.")]
    public async Task Server_UnknownServiceAndMethodAreUnimplemented(string path, string message)
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, path, RawClient.Frame([]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("12", RawClient.Status(response));
        Assert.Equal(message, RawClient.Message(response));
    }

    [Fact]
    public async Task Server_OtherRequestsStayWithTheApplication()
    {
        await using var server = await ProbeServer.StartAsync();
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        Assert.Equal("a page", await client.GetStringAsync(new Uri(server.Address, "/page"), Cancelled));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(server.Address, "/probe.v1.ProbeService/Unary"), Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(server.Address, "/a/b"), Cancelled)).StatusCode);
    }

    public static TheoryData<string, byte[]> MalformedBodies => new()
    {
        { "empty", [] },
        { "half a header", [0, 0, 0] },
        { "wrong flag", RawClient.Frame([1], compressedFlag: 2) },
        { "truncated", RawClient.Frame([1, 2, 3], length: 10) },
        { "two messages", [.. RawClient.Frame([]), .. RawClient.Frame([])] },
        { "a rest", [.. RawClient.Frame([]), 0] },
    };

    [Theory]
    [MemberData(nameof(MalformedBodies))]
    public async Task Server_MalformedBodyIsInternalAndTheServerLives(string description, byte[] body)
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, "Unary", body);

        Assert.True(RawClient.Status(response) == "13", description);
        Assert.Equal("x", (await server.Client.UnaryAsync(new ProbeRequest { Text = "x" }, cancellationToken: Cancelled)).Text);
    }

    [Fact]
    public async Task Server_LengthBeyondTheLimitIsResourceExhausted()
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, "Unary", [0, 0xff, 0xff, 0xff, 0xff, 1]);

        Assert.Equal("8", RawClient.Status(response));
    }

    [Fact]
    public async Task Server_MessageThatIsNotProtobufFails()
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, "Unary", RawClient.Frame([0xff, 0xff]));

        Assert.Equal("2", RawClient.Status(response));
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    public async Task Client_MapsHttpStatus(int httpStatus, StatusCode code)
    {
        await using var server = await RawServer.StartAsync(context =>
        {
            context.Response.StatusCode = httpStatus;
            return Task.CompletedTask;
        });

        var exception = await CallAsync(server);

        Assert.Equal(code, exception.StatusCode);
        Assert.Equal($"Bad gRPC response. HTTP status code: {httpStatus}", exception.Status.Detail);
    }

    [Fact]
    public async Task Client_GrpcStatusCountsMoreThanHttpStatus()
    {
        await using var server = await RawServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers["grpc-status"] = "5";
            context.Response.Headers["grpc-message"] = "not%20here";
            return Task.CompletedTask;
        });

        var exception = await CallAsync(server);

        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
        Assert.Equal("not here", exception.Status.Detail);
    }

    public static TheoryData<string, string, string?, byte[], StatusCode> BadResponses => new()
    {
        { "a web page", "text/html", null, "<html>"u8.ToArray(), StatusCode.Cancelled },
        { "no status", "application/grpc", null, RawClient.Frame([]), StatusCode.Cancelled },
        { "no message", "application/grpc", "0", [], StatusCode.Internal },
        { "truncated", "application/grpc", "0", RawClient.Frame([1], length: 2), StatusCode.Internal },
        { "half a header", "application/grpc", "0", [0, 0], StatusCode.Internal },
        { "wrong flag", "application/grpc", "0", RawClient.Frame([], compressedFlag: 7), StatusCode.Internal },
        { "two messages", "application/grpc", "0", [.. RawClient.Frame([]), .. RawClient.Frame([])], StatusCode.Internal },
        { "too long", "application/grpc", "0", [0, 0x7f, 0, 0, 0], StatusCode.ResourceExhausted },
        { "odd status", "application/grpc", "abc", RawClient.Frame([]), StatusCode.Unknown },
        { "error behind a message", "application/grpc", "10", RawClient.Frame([]), StatusCode.Aborted },
    };

    [Theory]
    [MemberData(nameof(BadResponses))]
    public async Task Client_BadResponse(string description, string contentType, string? status, byte[] body, StatusCode code)
    {
        await using var server = await RawServer.StartAsync(async context =>
        {
            context.Response.ContentType = contentType;
            await context.Response.Body.WriteAsync(body);
            await context.Response.Body.FlushAsync();
            if (status is not null)
            {
                context.Response.AppendTrailer("grpc-status", status);
            }
        });

        var exception = await CallAsync(server);

        Assert.True(code == exception.StatusCode, $"{description}: {exception.Status}");
    }

    [Fact]
    public async Task Client_OkInHeadersWithoutAMessageIsInternalForUnary()
    {
        await using var server = await RawServer.StartAsync(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "0";
            return Task.CompletedTask;
        });

        Assert.Equal(StatusCode.Internal, (await CallAsync(server)).StatusCode);
        using var stream = server.Client.ServerStream(new ProbeRequest(), cancellationToken: Cancelled);
        Assert.False(await stream.ResponseStream.MoveNext(Cancelled));
    }

    [Fact]
    public async Task Client_MessageInManyPiecesIsWhole()
    {
        var reply = new ProbeReply { Text = "pieces", Payload = Payloads.Create(300) };
        await using var server = await RawServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            foreach (var value in RawClient.Frame(reply.ToByteArray()).Concat(RawClient.Frame(reply.ToByteArray())))
            {
                await context.Response.Body.WriteAsync(new[] { value });
                await context.Response.Body.FlushAsync();
            }

            context.Response.AppendTrailer("grpc-status", "0");
        });

        using var call = server.Client.ServerStream(new ProbeRequest(), cancellationToken: Cancelled);
        var replies = await call.ResponseStream.ReadAllAsync(Cancelled).ToListAsync(Cancelled);

        Assert.Equal([reply, reply], replies);
    }

    [Fact]
    public async Task Client_RequestHeadersAreThoseOfTheProtocol()
    {
        var headers = new Dictionary<string, string>();
        await using var server = await RawServer.StartAsync(context =>
        {
            foreach (var (name, value) in context.Request.Headers)
            {
                headers[name.ToLowerInvariant()] = value.ToString();
            }

            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "1";
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(
            new ProbeRequest(), new Metadata { { "b-bin", [0] } }, DateTime.UtcNow.AddSeconds(100), Cancelled).ResponseAsync);

        Assert.Equal("application/grpc", headers["content-type"]);
        Assert.Equal("trailers", headers["te"]);
        Assert.Equal("identity,gzip,deflate", headers["grpc-accept-encoding"]);
        Assert.Equal("AA==", headers["b-bin"]);
        Assert.Matches("^(100000|99[0-9]{3})m$", headers["grpc-timeout"]);
    }

    private static async Task<RpcException> CallAsync(RawServer server) =>
        await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled).ResponseAsync);
}
