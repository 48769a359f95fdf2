using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.EnvService.Tests;

public sealed class LaneSessionTests
{
    [Fact]
    public void Step_WithoutAnEpisodesEnd_AllocatesNothing()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var session = new LaneSession(
            EnvironmentRegistry.Default, new EnvServiceOptions(), ActivatorUtilities.CreateInstance<EnvMetrics>(services));
        var open = new OpenLanes { EnvironmentId = "FrozenLake-v1", Lanes = 4, Options = { { "is_slippery", "false" }, { "max_episode_steps", "0" } } };
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
