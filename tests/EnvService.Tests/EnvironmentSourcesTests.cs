using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core.Plugins;
using DqnAspire.Environments;
using DqnAspire.Environments.Plugins;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.EnvService.Tests;

/// <summary>Environments that the configuration names: from an assembly, and from other services.</summary>
public sealed class EnvironmentSourcesTests
{
    private const string Id = "Catch-v0";

    private static readonly (string Name, string Value) Plugin =
        ("Environments:Assemblies:0", Path.Combine(AppContext.BaseDirectory, "plugins", "CatchEnvironment.dll"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAssemblysEnvironment_IsListedDescribedPlayedAndShown()
    {
        await using var server = await EnvServer.StartAsync(Plugin);
        await CheckAsync(server);
    }

    [Fact]
    public async Task AnotherServicesEnvironment_IsListedDescribedPlayedAndShown()
    {
        await using var owner = await EnvServer.StartAsync(Plugin);
        await using var server = await EnvServer.StartAsync(("Environments:Services:0", owner.App.Urls.Single()));
        await CheckAsync(server);
    }

    [Fact]
    public async Task WhatAnotherServiceRefuses_IsRefusedInItsWords()
    {
        await using var owner = await EnvServer.StartAsync(Plugin);
        await using var server = await EnvServer.StartAsync(("Environments:Services:0", owner.App.Urls.Single()));
        var open = new OpenLanes { EnvironmentId = Id, Lanes = 2, Options = { { "speed", "4" } } };

        var described = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.DescribeAsync(
            new DescribeRequest { EnvironmentId = Id, Options = { { "speed", "4" } } }, cancellationToken: Cancel));
        var opened = await Assert.ThrowsAsync<RpcException>(() => server.OpenAsync(open));
        var (local, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });
        using var localSession = local;
        var openedTwice = await Assert.ThrowsAsync<RpcException>(
            () => local.SendAsync(new InteractRequest { Open = new OpenLanes { EnvironmentId = Id, Lanes = 1 } }));
        open.Options.Clear();
        var (session, _) = await server.OpenAsync(open);
        using var disposed = session;
        var stepped = await Assert.ThrowsAsync<RpcException>(() => session.StepAsync(0, 3));

        const string Refusal = "options[speed]: speed of Catch-v0 is '4'; it must be a whole number of 1..3.";
        Assert.Equal((StatusCode.InvalidArgument, Refusal), Error(described));
        Assert.Equal((StatusCode.InvalidArgument, $"open.{Refusal}"), Error(opened));
        Assert.StartsWith("open: the session is open already", openedTwice.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(
            (StatusCode.InvalidArgument, "step.actions[1]: 3 is not an action of Catch-v0 (0..2)."), Error(stepped));
    }

    [Fact]
    public async Task AServiceThatIsAway_IsNamed_AndTheOthersContinue()
    {
        await using var owner = await EnvServer.StartAsync(Plugin);
        var gone = await EnvServer.StartAsync();
        var away = gone.App.Urls.Single();
        await gone.DisposeAsync();
        await using var server = await EnvServer.StartAsync(
            ("Environments:Services:0", away), ("Environments:Services:1", owner.App.Urls.Single()));

        var listed = await server.Client.ListAsync(new ListRequest(), cancellationToken: Cancel);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.DescribeAsync(
                new DescribeRequest { EnvironmentId = "Throw-v0" }, cancellationToken: Cancel));
        var (session, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = Id, Lanes = 1 });
        session.Dispose();

        Assert.Equal(Id, listed.Environments[^1].Id);
        Assert.Equal(StatusCode.Unavailable, unknown.StatusCode);
        Assert.Equal(
            $"'Throw-v0' is not an environment of this service, and {away} cannot be reached.", unknown.Status.Detail);
    }

    [Fact]
    public async Task ServicesThatNameEachOther_DoNotAskInCircles()
    {
        var ports = new[] { FreePort(), FreePort() };
        await using var first = await EnvServer.StartAsync(
            ports[0], ("Environments:Services:0", $"http://127.0.0.1:{ports[1]}"));
        await using var second = await EnvServer.StartAsync(
            ports[1], ("Environments:Services:0", $"http://127.0.0.1:{ports[0]}"));

        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await first.Client.DescribeAsync(new DescribeRequest { EnvironmentId = Id }, cancellationToken: Cancel));

        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task AnAssemblyThatIsNotThere_KeepsTheServiceFromStarting()
    {
        var error = await Assert.ThrowsAsync<PluginException>(
            () => EnvServer.StartAsync(("Environments:Assemblies:0", "nowhere.dll")));

        Assert.StartsWith("There is no assembly 'nowhere.dll'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHostingProgram_CanAddAnEnvironment()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        builder.AddEnvironments();
        builder.Services.AddEnvironment(
            new EnvironmentDefinition("Hearts-v0", "A game.", _ => new HeartsEnvironment()));

        using var services = builder.Services.BuildServiceProvider();

        Assert.Equal("Hearts-v0", services.GetRequiredService<EnvironmentRegistry>().Definitions[^1].Id);
    }

    private static async Task CheckAsync(EnvServer server)
    {
        var expected = EnvironmentPlugins.Load(new EnvironmentRegistry(), Plugin.Value).Get(Id);
        var lanes = EnvironmentLanes.Create(expected, null, 3, 4, autoReset: true);

        var listed = (await server.Client.ListAsync(new ListRequest(), cancellationToken: Cancel)).Environments;
        var described = await server.Client.DescribeAsync(
            new DescribeRequest { EnvironmentId = Id, Options = { { "speed", "2" } } }, cancellationToken: Cancel);
        var (session, opened) = await server.OpenAsync(
            new OpenLanes { EnvironmentId = Id, Lanes = 3, Seed = 4, AutoReset = true });
        using var disposed = session;

        Assert.Equal((Id, "Catch a falling ball with a paddle."), (listed[^1].Id, listed[^1].Description));
        Assert.Equal(["LEFT", "STAY", "RIGHT"], described.ActionSpace.Meanings);
        Assert.Equal([10, 5], described.ObservationSpace.Shape);
        Assert.Equal(
            [("speed", "1", "2"), ("max_episode_steps", "0", "0")],
            described.Options.Select(o => (o.Name, o.DefaultValue, o.Value)));
        Assert.Equal(lanes.Observations.ToArray(), opened.Observations.ToByteArray());
        for (var step = 0; step < 40; step++)
        {
            int[] actions = [step % 3, (step / 3) % 3, step % 4 == 0 ? EnvironmentLanes.Idle : 1];
            lanes.Step(actions);
            var stepped = await session.StepAsync(actions);
            Assert.Equal(lanes.Observations.ToArray(), stepped.Observations.ToByteArray());
            Assert.Equal(lanes.ResetObservations.ToArray(), stepped.ResetObservations.ToByteArray());
            Assert.Equal(lanes.Rewards.ToArray(), stepped.Rewards);
        }

        var picture = (await session.SendAsync(new InteractRequest { Render = new RenderLane { Lane = 1 } })).Rendered;
        Assert.Equal((80, 160), (picture.Width, picture.Height));
    }

    private static (StatusCode Code, string Detail) Error(RpcException exception) =>
        (exception.StatusCode, exception.Status.Detail);

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
