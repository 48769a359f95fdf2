using System.Diagnostics;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core;
using DqnAspire.Environments;
using Grpc.Core;

namespace DqnAspire.EnvService.Tests;

/// <summary>What a request may take, and how it is told that it may not.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string LargeMap => string.Join('/', Enumerable.Repeat(new string('S', 256), 256));

    [Fact]
    public async Task LanesOfOneLargeMap_ShareItsTables()
    {
        await using var server = await EnvServer.StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var (session, opened) = await server.OpenAsync(new OpenLanes
        {
            EnvironmentId = "FrozenLake-v1",
            Lanes = 64,
            Options = { { "desc", LargeMap } },
        });
        using (session)
        {
            Assert.Equal(256 * 256, opened.Environment.ObservationSpace.States);
            // 33 MB a lane would be 2.1 GB.
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 150_000_000);
        }
    }

    [Fact]
    public async Task LanesBeyondTheBudget_AreRefused_WithTheNumbers_AndOthersLive()
    {
        await using var server = await EnvServer.StartAsync(("MaxMemoryBytes", "60000000"));
        var bricks =
            new OpenLanes { EnvironmentId = "ALE/Bricks-v5", Lanes = 1024, Options = { { "obs_type", "rgb" } } };
        var (small, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 8 });
        using var lives = small;

        var refused = await Assert.ThrowsAsync<RpcException>(() => server.OpenAsync(bricks));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Matches("open.lanes: 1024 lanes take about [0-9,]+ MB, and 60 MB are left", refused.Status.Detail);
        // Nobody's leaving makes room for it.
        Assert.Null(refused.Trailers.Get("grpc-retry-pushback-ms"));
        Assert.Equal(8, (await small.StepAsync(0, 0, 0, 0, 0, 0, 0, 0)).Rewards.Count);

        bricks.Lanes = 40;
        var (first, _) = await server.OpenAsync(bricks);
        var second = await Assert.ThrowsAsync<RpcException>(() => server.OpenAsync(bricks));
        Assert.Equal(StatusCode.ResourceExhausted, second.StatusCode);
        Assert.NotNull(second.Trailers.Get("grpc-retry-pushback-ms"));
        first.Dispose();
    }

    [Fact]
    public async Task AStreamThatAsksForNothing_GivesItsPlaceBack()
    {
        await using var server = await EnvServer.StartAsync(("MaxSessions", "1"), ("FirstRequestSeconds", "0.2"));
        using var idle = server.Client.Interact(cancellationToken: Cancel);

        var ended = await Assert.ThrowsAsync<RpcException>(() => idle.ResponseStream.MoveNext(Cancel));

        Assert.Equal(StatusCode.FailedPrecondition, ended.StatusCode);
        Assert.Contains("no request came within 0.2 s", ended.Status.Detail, StringComparison.Ordinal);
        var (next, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });
        // An open session may wait for as long as its client likes.
        await Task.Delay(TimeSpan.FromSeconds(0.3), Cancel);
        Assert.Single((await next.StepAsync(0)).Rewards);
        next.Dispose();
    }

    [Fact]
    public async Task ALongId_IsNotComparedWithHundreds_AndNotEchoed()
    {
        await using var server = await EnvServer.StartAsync();
        var id = new string('x', 1_000_000);
        var started = Stopwatch.GetTimestamp();

        var described = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.DescribeAsync(
                new DescribeRequest { EnvironmentId = id }, cancellationToken: Cancel));
        var opened = await Assert.ThrowsAsync<RpcException>(
            () => server.OpenAsync(new OpenLanes { EnvironmentId = id, Lanes = 1 }));
        var options = await Assert.ThrowsAsync<RpcException>(() => server.OpenAsync(new OpenLanes
        {
            EnvironmentId = "FrozenLake-v1",
            Lanes = 1,
            Options = { { "desc", id } },
        }));

        Assert.Equal((StatusCode.NotFound, StatusCode.NotFound), (described.StatusCode, opened.StatusCode));
        Assert.Equal(StatusCode.InvalidArgument, options.StatusCode);
        Assert.All([described, opened, options], e => Assert.InRange(e.Status.Detail.Length, 10, 300));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 3);
    }

    public static TheoryData<Exception, StatusCode> LibraryExceptions => new()
    {
        { new EnvironmentOptionException("colour", "it has none"), StatusCode.InvalidArgument },
        { new EnvironmentUnavailableException("no cartridge"), StatusCode.FailedPrecondition },
        { new CartridgeException("too short"), StatusCode.FailedPrecondition },
        { new StateException("of another game"), StatusCode.InvalidArgument },
        { new IOException("the file is gone"), StatusCode.FailedPrecondition },
        { new UnauthorizedAccessException("the file is another's"), StatusCode.FailedPrecondition },
        { new InsufficientMemoryException(), StatusCode.ResourceExhausted },
    };

    [Theory]
    [MemberData(nameof(LibraryExceptions))]
    public async Task WhatALibraryThrows_HasAStatusOfItsOwn(Exception thrown, StatusCode status)
    {
        await using var server = await EnvServer.StartAsync(
            new EnvironmentDefinition("Broken-v0", "It breaks.", _ => throw thrown));

        var opened = await Assert.ThrowsAsync<RpcException>(
            () => server.OpenAsync(new OpenLanes { EnvironmentId = "Broken-v0", Lanes = 1 }));
        var described = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.DescribeAsync(
            new DescribeRequest { EnvironmentId = "Broken-v0" }, cancellationToken: Cancel));

        Assert.Equal((status, status), (opened.StatusCode, described.StatusCode));
    }
}
