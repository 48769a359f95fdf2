using System.Net;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core;
using DqnAspire.ServiceDefaults.Calls;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>What no caller can do to a service, and no service to its callers.</summary>
public sealed class BoundaryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Exception, StatusCode, string> Thrown => new()
    {
        { new NotImplementedException("later"), StatusCode.Internal, "NotImplementedException: later" },
        { new KeyNotFoundException("two\nlines"), StatusCode.Internal, "KeyNotFoundException: two lines" },
        { new InsufficientMemoryException("much"), StatusCode.ResourceExhausted, "InsufficientMemoryException: much" },
        { new InvalidDataException("damage"), StatusCode.Internal, "damage" },
        { new FormatException("mapped"), StatusCode.DataLoss, "as the service says" },
        { new RpcException(new Status(StatusCode.Aborted, "kept")), StatusCode.Aborted, "kept" },
    };

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task WhateverIsThrown_InAnyKindOfCall_IsAStatusThatSaysWhat(
        Exception thrown, StatusCode status, string detail)
    {
        await using var app = await StartAsync(thrown);
        using var channel = GrpcChannel.ForAddress(app.Urls.First());
        var client = new EnvService.EnvServiceClient(channel);

        var unary = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ListAsync(new ListRequest(), cancellationToken: Cancellation));
        using var stream = client.Interact(cancellationToken: Cancellation);
        var duplex = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(Cancellation));

        Assert.Equal((status, detail), (unary.StatusCode, unary.Status.Detail));
        Assert.Equal((status, detail), (duplex.StatusCode, duplex.Status.Detail));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ö")]
    [InlineData("%")]
    [InlineData("\u001b[31m")]
    public async Task ALongText_IsCut_SoThatItReachesTheCaller(string text)
    {
        var id = string.Concat(Enumerable.Repeat(text, 300_000));
        await using var app = await StartAsync(new RpcException(new Status(StatusCode.NotFound, $"no '{id}'")));
        using var channel = GrpcChannel.ForAddress(app.Urls.First());

        var error = await Assert.ThrowsAsync<RpcException>(async () => await new EnvService.EnvServiceClient(channel)
            .ListAsync(new ListRequest(), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.StartsWith("no '", error.Status.Detail, StringComparison.Ordinal);
        Assert.InRange(error.Status.Detail.Length, 100, 4000);
        Assert.DoesNotContain('\u001b', error.Status.Detail);
    }

    [Fact]
    public async Task AMessageAboveFourMebibytes_IsRefused_AlsoWhereItIsSmallOnTheWire()
    {
        await using var service = await TestService.StartAsync();
        using var channel = GrpcChannel.ForAddress(service.App.Urls.First());
        var client = new EnvService.EnvServiceClient(channel);
        var large = new DescribeRequest { EnvironmentId = new string('x', 5 << 20) };
        var gzip = new Metadata { { "grpc-internal-encoding-request", "gzip" } };

        var plain = await Assert.ThrowsAsync<RpcException>(
            async () => await client.DescribeAsync(large, cancellationToken: Cancellation));
        var bomb = await Assert.ThrowsAsync<RpcException>(
            async () => await client.DescribeAsync(large, gzip, cancellationToken: Cancellation));
        var small = new DescribeRequest { EnvironmentId = new string('x', 3 << 20) };
        await client.DescribeAsync(small, gzip, cancellationToken: Cancellation);

        Assert.Equal(
            (StatusCode.ResourceExhausted, StatusCode.ResourceExhausted), (plain.StatusCode, bomb.StatusCode));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:8111", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("here.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example:8111", HttpStatusCode.BadRequest)]
    public async Task PagesAnswer_ToTheNamesOfThisMachine_AndThoseThatAreConfigured(string host, HttpStatusCode status)
    {
        await using var service = await TestService.StartAsync(
            arguments: ["--Http:AllowedHosts=here.example;there.example"]);
        foreach (var path in new[] { "/", "/health", "/alive", "/metrics" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Host = host;
            using var response = await service.Http.SendAsync(request, Cancellation);

            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task PagesAreOnlyRead()
    {
        await using var service = await TestService.StartAsync();
        using var response = await service.Http.PostAsync(new Uri("/health", UriKind.Relative), null, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("Max open files            400                  4096                 files     ", 100)]
    [InlineData("Max open files            256                  256                  files     ", 16)]
    [InlineData("Max open files            1048576              1048576              files     ", 1000)]
    [InlineData("Max open files            unlimited            unlimited            files     ", 1000)]
    [InlineData("Max processes             10                   10                   processes ", 1000)]
    public void ConnectionsLeaveDescriptorsForOthers(string line, int connections) =>
        Assert.Equal(connections, ConnectionLimit.For(["Limit   Soft Limit   Hard Limit   Units", line]));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("\u001b[2J\u0007", "\\u001b[2J\\u0007")]
    [InlineData("left\u202eright", "left\\u202eright")]
    [InlineData(null, "")]
    public void ATextOfOthers_IsOneLineThatChangesNoTerminal(string? text, string shown) =>
        Assert.Equal(shown, OneLine.Of(text));

    [Fact]
    public void ALongText_IsCut()
    {
        Assert.Equal("abcde...", OneLine.Of("abcdefghijk", 8));
        Assert.Equal("abcdefgh", OneLine.Of("abcdefgh", 8));
    }

    private static async Task<WebApplication> StartAsync(Exception thrown)
    {
        var builder = ServiceHost.CreateBuilder(typeof(TestService).Assembly, TestService.Arguments);
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(thrown);
        builder.Services.AddSingleton(new ExceptionStatuses(
            e => e is FormatException ? new Status(StatusCode.DataLoss, "as the service says") : null));
        var app = builder.Build();
        app.MapGrpcService<Thrower>();
        await app.StartAsync(Cancellation);
        return app;
    }

    private sealed class Thrower(Exception thrown) : EnvService.EnvServiceBase
    {
        public override Task<ListResponse> List(ListRequest request, ServerCallContext context) => throw thrown;

        public override Task Interact(
            IAsyncStreamReader<InteractRequest> requestStream,
            IServerStreamWriter<InteractResponse> responseStream,
            ServerCallContext context) => throw thrown;
    }
}
