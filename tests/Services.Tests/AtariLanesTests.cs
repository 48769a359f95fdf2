using DqnAspire.Clients;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Services.Tests;

public sealed class AtariLanesTests
{
    [Fact]
    public async Task LanesAtEnvService_GiveWhatLanesInThisProcessGive_LearningRewardsAndLivesToo()
    {
        await using var system = new TestSystem();
        await system.InitializeAsync();
        var cancellation = TestContext.Current.CancellationToken;
        Dictionary<string, string> options = new() { ["preprocessing"] = "nature" };
        await using var near = await new LocalLaneSource(BuiltInEnvironments.Registry).OpenAsync(
            "BricksNoFrameskip-v4", options, 2, 5, true, cancellation);
        await using var far = await new GrpcLaneSource(system.Env).OpenAsync(
            "BricksNoFrameskip-v4", options, 2, 5, true, cancellation);
        var lost = 0;
        for (var t = 0; t < 400; t++)
        {
            int[] actions = [t % 4, t % 5 == 0 ? EnvironmentLanes.Idle : (t / 4) % 4];
            await near.StepAsync(actions, cancellation);
            await far.StepAsync(actions, cancellation);
            Assert.Equal(near.Observations, far.Observations);
            Assert.Equal(near.NextObservations, far.NextObservations);
            Assert.Equal(near.Rewards, far.Rewards);
            Assert.Equal(near.LearningRewards, far.LearningRewards);
            Assert.Equal(near.Lives, far.Lives);
            Assert.Equal(near.LivesLost, far.LivesLost);
            Assert.Equal(near.Flags.ToArray(), far.Flags.ToArray());
            lost += near.LivesLost.Span[0] ? 1 : 0;
        }

        Assert.True(lost > 0, "no life was lost in the test");
    }
}
