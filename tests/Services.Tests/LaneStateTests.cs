using DqnAspire.Clients;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Services.Tests;

/// <summary>Lanes at EnvService are saved and restored as those in this process are.</summary>
public sealed class LaneStateTests(InMemorySystem system) : IClassFixture<InMemorySystem>
{
    private const string Bricks = "BricksNoFrameskip-v4";
    private const string ManyFrames = "VolleyDeterministic-v4";

    private static readonly LocalLaneSource Near = new(BuiltInEnvironments.Registry);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private GrpcLaneSource Far => new(system.Env);

    [Theory]
    [InlineData("CartPole-v1", "", true)]
    [InlineData("CartPole-v1", "", false)]
    [InlineData(Bricks, "preprocessing=nature max_num_frames_per_episode=120", true)]
    [InlineData(Bricks, "preprocessing=nature max_num_frames_per_episode=120", false)]
    public async Task RestoredLanes_GoOnAsTheSavedOnesDid_NearOrFar(string id, string options, bool autoReset)
    {
        await using var near = await Near.OpenAsync(id, Options(options), 3, 1, autoReset, Cancellation);
        await using var far = await Far.OpenAsync(id, Options(options), 3, 1, autoReset, Cancellation);
        for (var step = 0; step < 40; step++)
        {
            await StepAsync(near, step, autoReset);
            await StepAsync(far, step, autoReset);
        }

        var state = await far.SaveStateAsync(Cancellation);
        Assert.Equal(await near.SaveStateAsync(Cancellation), state);
        await using var nearAgain = await Near.OpenAsync(id, Options(options), 3, 77, autoReset, Cancellation);
        await using var farAgain = await Far.OpenAsync(id, Options(options), 3, 78, autoReset, Cancellation);
        await StepAsync(farAgain, 5);
        await nearAgain.RestoreStateAsync(state, Cancellation);
        await farAgain.RestoreStateAsync(state, Cancellation);

        AssertSame(far, nearAgain);
        AssertSame(far, farAgain);
        var ended = 0;
        for (var step = 40; step < 80; step++)
        {
            await StepAsync(far, step, autoReset);
            await StepAsync(nearAgain, step, autoReset);
            await StepAsync(farAgain, step, autoReset);
            AssertSame(far, nearAgain);
            AssertSame(far, farAgain);
            ended += far.Flags.Span[0].EndsEpisode() ? 1 : 0;
        }

        Assert.True(ended > 0, "no episode ended in the test");
    }

    /// <summary>
    /// A lane that was reset after the step that ended its episode shows the new episode, not the one that the step
    /// began.
    /// </summary>
    [Fact]
    public async Task ALaneThatWasResetAfterItsStep_IsRestoredInItsNewEpisode()
    {
        Dictionary<string, string> options = new() { ["max_episode_steps"] = "1" };
        await using var far = await Far.OpenAsync("CartPole-v1", options, 2, 1, true, Cancellation);
        await far.StepAsync(new[] { 0, 1 }, Cancellation);
        await far.ResetAsync(0, 9, Cancellation);
        await using var again = await Far.OpenAsync("CartPole-v1", options, 2, 2, true, Cancellation);

        await again.RestoreStateAsync(await far.SaveStateAsync(Cancellation), Cancellation);

        Assert.Equal(far.Observations, again.Observations);
    }

    [Fact]
    public async Task AStateThatIsLongerThanAPiece_TravelsInSeveral()
    {
        const int Lanes = 1000;
        await using var far = await Far.OpenAsync(ManyFrames, Options("obs_type=ram"), Lanes, 1, true, Cancellation);
        await far.StepAsync(Enumerable.Range(0, Lanes).Select(lane => lane % 3).ToArray(), Cancellation);
        var state = await far.SaveStateAsync(Cancellation);
        await using var again = await Far.OpenAsync(ManyFrames, Options("obs_type=ram"), Lanes, 2, true, Cancellation);

        await again.RestoreStateAsync(state, Cancellation);

        Assert.True(state.Length > 2 * 1024 * 1024, $"The state is short: {state.Length} bytes.");
        Assert.Equal(far.Observations, again.Observations);
        Assert.Equal(state, await again.SaveStateAsync(Cancellation));
    }

    [Fact]
    public async Task AStateThatDoesNotFit_IsRefusedByName_AndOtherSessionsGoOn()
    {
        await using var other = await Far.OpenAsync("FrozenLake-v1", Options(""), 1, 1, true, Cancellation);
        var foreign = await other.SaveStateAsync(Cancellation);
        await using var damagedLanes = await Far.OpenAsync("CartPole-v1", Options(""), 1, 1, true, Cancellation);
        var damaged = await damagedLanes.SaveStateAsync(Cancellation);
        damaged[^1] ^= 1;
        await using var foreignLanes = await Far.OpenAsync("CartPole-v1", Options(""), 1, 1, true, Cancellation);

        var damage = await Assert.ThrowsAsync<StateException>(
            async () => await damagedLanes.RestoreStateAsync(damaged, Cancellation));
        var foreignness = await Assert.ThrowsAsync<StateException>(
            async () => await foreignLanes.RestoreStateAsync(foreign, Cancellation));

        Assert.Equal("EnvService answered InvalidArgument: restore_state: The state is cut off or damaged: its "
            + "checksum does not fit.", damage.Message);
        Assert.Contains("it goes on with 'FrozenLake' where 'CartPole' is due", foreignness.Message);
        await other.StepAsync(new[] { 1 }, Cancellation);
        await other.RestoreStateAsync(foreign, Cancellation);
        Assert.Equal(foreign, await other.SaveStateAsync(Cancellation));
    }

    private static async Task StepAsync(ILanes lanes, int step, bool autoReset = true)
    {
        var actions = new int[lanes.Count];
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            if (!autoReset && lanes.Flags.Span[lane].EndsEpisode())
            {
                await lanes.ResetAsync(lane, null, Cancellation);
            }

            actions[lane] = (step + lane) % 7 == 0
                ? EnvironmentLanes.Idle
                : ((step / 2) + lane) % lanes.Environment.Actions;
        }

        await lanes.StepAsync(actions, Cancellation);
    }

    private static void AssertSame(ILanes expected, ILanes actual)
    {
        Assert.Equal(expected.Observations, actual.Observations);
        Assert.Equal(expected.NextObservations, actual.NextObservations);
        Assert.Equal(expected.Rewards, actual.Rewards);
        Assert.Equal(expected.LearningRewards, actual.LearningRewards);
        Assert.Equal(expected.Lives, actual.Lives);
        Assert.Equal(expected.LivesLost, actual.LivesLost);
        Assert.Equal(expected.Flags.ToArray(), actual.Flags.ToArray());
    }

    private static Dictionary<string, string> Options(string options) =>
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=')).ToDictionary(
            parts => parts[0], parts => parts[1]);
}
