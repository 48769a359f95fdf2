using DqnAspire.Core;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Tests.State;

/// <summary>
/// What is not the state of these lanes is refused in one line, and the lanes go on as if nothing had been asked.
/// </summary>
public class RefusedStateTests
{
    [Theory]
    [InlineData("CartPole-v1", "", "FrozenLake-v1", "", "goes on with 'FrozenLake' where 'CartPole' is due")]
    [InlineData(
        "CartPole-v1", "", "CartPole-v1", "max_episode_steps=7", "max_episode_steps '7', and here that is '500'")]
    [InlineData(
        "CartPole-v1", "", "CartPole-v1", "sutton_barto_reward=true",
        "sutton_barto_reward 'True', and here that is 'False'")]
    [InlineData(
        "FrozenLake-v1", "", "FrozenLake-v1", "desc=SFFF/FFFF/FFFF/FFFG",
        "map 'SFFF/FFFF/FFFF/FFFG', and here that is 'SFFF/FHFH/FFFH/HFFG'")]
    [InlineData(
        "ALE/Bricks-v5", "obs_type=ram", "ALE/Volley-v5", "obs_type=ram", "game 'volley', and here that is 'bricks'")]
    [InlineData(
        "Bricks-v4", "obs_type=ram", "BricksNoFrameskip-v4", "obs_type=ram", "frameskip '1-1', and here that is '2-4'")]
    [InlineData(
        "ALE/Bricks-v5",
        "obs_type=ram",
        "ALE/Bricks-v5",
        "obs_type=ram repeat_action_probability=0.5",
        "repeat_action_probability '0.5', and here that is '0.25'")]
    [InlineData(
        "BricksNoFrameskip-v4",
        "preprocessing=nature",
        "BricksNoFrameskip-v4",
        "preprocessing=breakout-keras",
        "goes on with 'TimeLimit' where 'PreprocessedEnvironment' is due")]
    [InlineData(
        "BricksNoFrameskip-v4",
        "preprocessing=nature",
        "BricksNoFrameskip-v4",
        "preprocessing=nature training=false",
        "where 'ClipReward' is due")]
    public void TheStateOfOtherLanes_IsRefusedByName(
        string id, string options, string otherId, string otherOptions, string reason) =>
        Refuses(Open(id, options), Open(otherId, otherOptions).SaveState(), reason);

    [Fact]
    public void AnotherNumberOfLanes_IsRefused() => Refuses(
        Open("CartPole-v1", ""), Open("CartPole-v1", "", lanes: 3).SaveState(), "lanes '3', and here that is '2'");

    [Fact]
    public void AnotherKindOfReset_IsRefused() => Refuses(
        Open("CartPole-v1", ""),
        Open("CartPole-v1", "", autoReset: false).SaveState(),
        "auto_reset 'False', and here that is 'True'");

    [Fact]
    public void ADamagedState_IsRefused()
    {
        var lanes = Open("ALE/Bricks-v5", "");
        var state = lanes.SaveState();
        state[state.Length / 2] ^= 1;

        Refuses(lanes, state, "cut off or damaged");
    }

    /// <summary>
    /// Bytes are changed before the checksum is made, as by a program that writes states of its own: whatever such a
    /// state says, it is either taken or refused, and the lanes can be played.
    /// </summary>
    [Theory]
    [InlineData("CartPole-v1", "")]
    [InlineData("FrozenLake-v1", "")]
    [InlineData("ALE/Bricks-v5", "obs_type=ram")]
    [InlineData("VolleyNoFrameskip-v4", "preprocessing=pong-handson")]
    public void AStateMadeUp_IsTakenOrRefused(string id, string options)
    {
        var lanes = Open(id, options);
        LaneRun.Step(lanes, 0);
        var content = StateEnvelope.Open(lanes.SaveState(), StateReader.DefaultMaxContentBytes);
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            var changed = content.ToArray();
            var place = i % 2 == 0 ? random.Next(Math.Min(content.Length, 2000)) : random.Next(content.Length);
            changed[place] = (byte)random.Next(256);
            try
            {
                lanes.RestoreState(StateEnvelope.Seal(changed));
            }
            catch (StateException)
            {
                refused++;
            }

            LaneRun.Step(lanes, i);
        }

        Assert.NotEqual(0, refused);
    }

    private static void Refuses(EnvironmentLanes lanes, byte[] state, string reason)
    {
        LaneRun.Step(lanes, 1);
        var twin = lanes.SaveState();
        var before = LaneRun.Look(lanes);

        var error = Assert.Throws<StateException>(() => lanes.RestoreState(state));

        Assert.Contains(reason, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(before, LaneRun.Look(lanes));
        Assert.Equal(twin, lanes.SaveState());
    }

    private static EnvironmentLanes Open(string id, string options, int lanes = 2, bool autoReset = true) =>
        EnvironmentLanes.Create(
        BuiltInEnvironments.Registry.Get(id),
        [
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(option => option.Split('='))
                .Select(parts => KeyValuePair.Create(parts[0], parts[1])),
        ],
        lanes,
        3,
        autoReset);
}
