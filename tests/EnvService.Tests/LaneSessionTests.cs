using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.EnvService.Tests;

public sealed class LaneSessionTests
{
    [Fact]
    public void Step_CarriesLearningRewardsAndLives_WhereTheySaySomething()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var registry = new EnvironmentRegistry(
            new EnvironmentDefinition("Hearts", "A game.", _ => new HeartsEnvironment()));
        var session = new LaneSession(
            registry, new EnvServiceOptions(), ActivatorUtilities.CreateInstance<EnvMetrics>(services));
        session.Answer(
            new InteractRequest { Open = new OpenLanes { EnvironmentId = "Hearts", Lanes = 2 } },
            TestContext.Current.CancellationToken);

        var stepped = Step(3, 1);
        Assert.Equal([3, 1], stepped.Rewards);
        Assert.Equal([1, 1], stepped.LearningRewards);
        Assert.Equal([2, 2], stepped.Lives);
        Assert.Equal([0, 0], stepped.Flags.ToByteArray());

        stepped = Step(0, 1);
        Assert.Equal([0, 1], stepped.Rewards);
        Assert.Empty(stepped.LearningRewards);
        Assert.Equal([1, 2], stepped.Lives);
        Assert.Equal([4, 0], stepped.Flags.ToByteArray());

        stepped = Step(0, -1);
        Assert.Equal([0, 0], stepped.Rewards);
        Assert.Equal([0, 2], stepped.Lives);
        Assert.Equal([5, 0], stepped.Flags.ToByteArray());
        Assert.Equal(
            new Contracts.Env.V1.EpisodeSummary { Lane = 0, EpisodeReturn = 3, Length = 3 },
            Assert.Single(stepped.Episodes));

        stepped = Step(-1, 0);
        Assert.Equal([0, 1], stepped.Lives);
        stepped = Step(-1, 0);
        Assert.Empty(stepped.Lives);
        Assert.Equal([0, 5], stepped.Flags.ToByteArray());

        LanesStepped Step(params int[] actions) =>
            session.Answer(
                new InteractRequest { Step = new StepLanes { Actions = { actions } } },
                TestContext.Current.CancellationToken).Stepped;
    }

    [Fact]
    public void Step_WithoutAnEpisodesEnd_AllocatesNothing()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var session = new LaneSession(
            BuiltInEnvironments.Registry, new EnvServiceOptions(), ActivatorUtilities.CreateInstance<EnvMetrics>(
                services));
        var open = new OpenLanes
        {
            EnvironmentId = "FrozenLake-v1",
            Lanes = 4,
            Options = { { "is_slippery", "false" }, { "max_episode_steps", "0" } },
        };
        session.Answer(new InteractRequest { Open = open }, TestContext.Current.CancellationToken);
        var step = new InteractRequest { Step = new StepLanes { Actions = { 0, 0, 0, 0 } } };
        for (var t = 0; t < 200; t++)
        {
            session.Answer(step, TestContext.Current.CancellationToken);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var t = 0; t < 1000; t++)
        {
            session.Answer(step, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(4800, session.Steps);
    }
}
