using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace DqnAspire.Grpc.Tests;

/// <summary>The health service over the application's health checks.</summary>
public sealed class HealthTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HealthStatus.Healthy, ServingStatus.Serving)]
    [InlineData(HealthStatus.Degraded, ServingStatus.Serving)]
    [InlineData(HealthStatus.Unhealthy, ServingStatus.NotServing)]
    public async Task Check_RunsTheChecks_BeforeAnythingIsPublished(HealthStatus found, ServingStatus expected)
    {
        await using var server = await HealthServer.StartAsync();
        server.Actors.Status = found;

        Assert.Equal(expected, await CheckAsync(server, ""));
        Assert.Equal(expected, await CheckAsync(server, ""));

        Assert.Equal(2, server.Replay.Runs);
        Assert.Equal(2, server.Actors.Runs);
    }

    [Fact]
    public async Task Check_OfAnUnknownService_IsNotFound()
    {
        await using var server = await HealthServer.StartAsync();

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => CheckAsync(server, "nobody"))).StatusCode);
    }

    [Fact]
    public async Task Check_OfAMappedService_RunsItsChecksOnly()
    {
        await using var server = await HealthServer.StartAsync(options =>
        {
            options.Services.Map("by.tag", check => check.Tags.Contains("data"));
            options.Services.Map("by.name", check => check.Name == "actors");
            options.Services.Map("without", _ => false);
        });
        server.Actors.Status = HealthStatus.Unhealthy;

        Assert.Equal(ServingStatus.Serving, await CheckAsync(server, "by.tag"));
        Assert.Equal((1, 0), (server.Replay.Runs, server.Actors.Runs));
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(server, "by.name"));
        Assert.Equal((1, 1), (server.Replay.Runs, server.Actors.Runs));
        Assert.Equal(ServingStatus.Unknown, await CheckAsync(server, "without"));
        Assert.Equal((1, 1), (server.Replay.Runs, server.Actors.Runs));
    }

    [Fact]
    public async Task TheServerAsAWhole_CanBeMappedAnew()
    {
        await using var server = await HealthServer.StartAsync(options => options.Services.Map("", check => check.Name == "replay"));
        server.Actors.Status = HealthStatus.Unhealthy;

        Assert.Equal(ServingStatus.Serving, await CheckAsync(server, ""));
    }

    [Fact]
    public async Task WithTheCache_Check_TellsWhatWasPublishedLast()
    {
        await using var server = await HealthServer.StartAsync(options => options.UseHealthChecksCache = true);

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => CheckAsync(server, ""))).StatusCode);
        await server.PublishAsync();
        server.Replay.Status = HealthStatus.Unhealthy;
        Assert.Equal(ServingStatus.Serving, await CheckAsync(server, ""));
        await server.PublishAsync();
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(server, ""));
        Assert.Equal(2, server.Replay.Runs);
    }

    [Theory]
    [InlineData(false, ServingStatus.NotServing)]
    [InlineData(true, ServingStatus.ServiceUnknown)]
    public async Task Watch_BeginsWithTheStatusNow_AndFollowsWhatIsPublished(bool cache, ServingStatus first)
    {
        await using var server = await HealthServer.StartAsync(options => options.UseHealthChecksCache = cache);
        server.Replay.Status = HealthStatus.Unhealthy;
        using var watch = server.Client.Watch(new HealthCheckRequest(), cancellationToken: Cancelled);

        Assert.Equal(first, await NextAsync(watch));
        server.Replay.Status = HealthStatus.Healthy;
        await server.PublishAsync();
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        server.Replay.Status = HealthStatus.Unhealthy;
        await server.PublishAsync();
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_OfAnUnknownService_WaitsForIt()
    {
        await using var server = await HealthServer.StartAsync();
        using var watch = server.Client.Watch(new HealthCheckRequest { Service = "later" }, cancellationToken: Cancelled);

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        server.Published.SetStatus("later", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        server.Published.ClearStatus("later");
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AWatch_EndsWhenTheHostStops(bool cache)
    {
        await using var server = await HealthServer.StartAsync(options => options.UseHealthChecksCache = cache);
        await server.PublishAsync();
        using var watch = server.Client.Watch(new HealthCheckRequest(), cancellationToken: Cancelled);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));

        // The host's own limit is five minutes.
        var stopped = server.StopAsync(Cancelled);

        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        Assert.False(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(Patience, Cancelled));
        Assert.Equal(StatusCode.OK, watch.GetStatus().StatusCode);
        await stopped.WaitAsync(Patience, Cancelled);
    }

    [Fact]
    public async Task AWatch_MayBeLeftOpen_UntilTheHostIsToldToStopAtOnce()
    {
        await using var server = await HealthServer.StartAsync(options => options.SuppressCompletionOnShutdown = true);
        using var watch = server.Client.Watch(new HealthCheckRequest(), cancellationToken: Cancelled);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        using var now = new CancellationTokenSource();

        var stopped = server.StopAsync(now.Token);
        Assert.True(server.Stopping.IsCancellationRequested);
        server.Published.SetStatus("", ServingStatus.Unknown);
        Assert.Equal(ServingStatus.Unknown, await NextAsync(watch));
        Assert.False(stopped.IsCompleted);

        await now.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => NextAsync(watch));
        await stopped.WaitAsync(Patience, Cancelled);
    }

    private static async Task<ServingStatus> CheckAsync(HealthServer server, string service) =>
        (await server.Client.CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: Cancelled)).Status;

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(Patience, Cancelled));
        return watch.ResponseStream.Current.Status;
    }
}
