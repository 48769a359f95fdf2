using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments.BuiltIn;
using Grpc.Core;

namespace DqnAspire.EnvService.Tests;

public sealed class DescribeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_NamesEveryEnvironment()
    {
        await using var server = await EnvServer.StartAsync();
        var response = await server.Client.ListAsync(new ListRequest(), cancellationToken: Cancel);
        Assert.Equal(
            ["CartPole-v1", "FrozenLake-v1", "FrozenLake8x8-v1"], response.Environments.Take(3).Select(e => e.Id));
        Assert.Equal(
            BuiltInEnvironments.Registry.Definitions.Select(d => d.Id), response.Environments.Select(e => e.Id));
        Assert.All(response.Environments, e => Assert.NotEmpty(e.Description));
    }

    [Fact]
    public async Task List_SaysWhichCartridgesAreMissing()
    {
        await using var server = await EnvServer.StartAsync();
        var response = await server.Client.ListAsync(new ListRequest(), cancellationToken: Cancel);
        var environments = response.Environments.ToDictionary(e => e.Id, e => e.Unavailable);
        Assert.Empty(environments["CartPole-v1"]);
        Assert.Empty(environments["BricksNoFrameskip-v4"]);
        Assert.Empty(response.Environments.Single(e => e.Id == "BricksNoFrameskip-v4").Warning);
        if (string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("ROMS_DIR")))
        {
            Assert.Contains("breakout.bin", environments["BreakoutNoFrameskip-v4"]);
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await server.Client.DescribeAsync(
                    new DescribeRequest { EnvironmentId = "BreakoutNoFrameskip-v4" }, cancellationToken: Cancel));
            Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
            Assert.Equal(environments["BreakoutNoFrameskip-v4"], error.Status.Detail);
        }
    }

    [Fact]
    public async Task Describe_CartPole()
    {
        await using var server = await EnvServer.StartAsync();
        var response = await server.Client.DescribeAsync(
            new DescribeRequest { EnvironmentId = "CartPole-v1" }, cancellationToken: Cancel);
        Assert.Equal(Contracts.Common.V1.ElementType.Float32, response.ObservationSpace.ElementType);
        Assert.Equal([4], response.ObservationSpace.Shape);
        Assert.Equal(
            [4.8f, double.PositiveInfinity, 0.41887903f, double.PositiveInfinity], response.ObservationSpace.High);
        Assert.Equal(0, response.ObservationSpace.States);
        Assert.Equal(2, response.ActionSpace.Count);
        Assert.Equal(["LEFT", "RIGHT"], response.ActionSpace.Meanings);
        Assert.Equal(500, response.MaxEpisodeSteps);
        Assert.Equal(475, response.RewardThreshold);
        Assert.Equal(["sutton_barto_reward", "max_episode_steps"], response.Options.Select(o => o.Name));
        Assert.Equal("500", response.Options[1].DefaultValue);
    }

    [Fact]
    public async Task Describe_TakesOptionsIntoAccount()
    {
        await using var server = await EnvServer.StartAsync();
        var request = new DescribeRequest
        {
            EnvironmentId = "FrozenLake-v1",
            Options = { { "map_name", "8x8" }, { "max_episode_steps", "7" } },
        };
        var response = await server.Client.DescribeAsync(request, cancellationToken: Cancel);
        Assert.Equal(Contracts.Common.V1.ElementType.Int32, response.ObservationSpace.ElementType);
        Assert.Equal([1], response.ObservationSpace.Shape);
        Assert.Equal(64, response.ObservationSpace.States);
        Assert.Equal(4, response.ActionSpace.Count);
        Assert.Equal(7, response.MaxEpisodeSteps);
    }

    [Fact]
    public async Task Describe_UnknownId_ListsTheKnownOnes()
    {
        await using var server = await EnvServer.StartAsync();
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.DescribeAsync(
                new DescribeRequest { EnvironmentId = "cartpole" }, cancellationToken: Cancel));
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
        Assert.StartsWith(
            "environment_id: There is no environment 'cartpole'. Did you mean CartPole-v1?", exception.Status.Detail);
        Assert.Contains("FrozenLake8x8-v1", exception.Status.Detail);
    }

    [Fact]
    public async Task Describe_WrongOption_IsNamed()
    {
        await using var server = await EnvServer.StartAsync();
        var request =
            new DescribeRequest { EnvironmentId = "FrozenLake-v1", Options = { { "is_slippery", "perhaps" } } };
        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.DescribeAsync(request, cancellationToken: Cancel));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.StartsWith("options[is_slippery]: is_slippery of FrozenLake-v1 is 'perhaps'", exception.Status.Detail);
    }
}
