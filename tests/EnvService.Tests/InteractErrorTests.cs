using DqnAspire.Contracts.Env.V1;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.EnvService.Tests;

/// <summary>Wrong requests: each ends its own session with a status that names the field.</summary>
public sealed class InteractErrorTests
{
    public static TheoryData<string, string, StatusCode, string> Requests => new()
    {
        {
            "{ }", "", StatusCode.InvalidArgument,
            "request: one of open, step, reset, play, render, capture, save_state, restore_state and change must be "
            + "set."
        },
        {
            "{ 'step': { 'actions': [0] } }", "", StatusCode.InvalidArgument,
            "step: the first request of a session must be open."
        },
        { "{ 'reset': { } }", "", StatusCode.InvalidArgument, "reset: the first request of a session must be open." },
        { "{ 'play': { } }", "", StatusCode.InvalidArgument, "play: the first request of a session must be open." },
        {
            "{ 'open': { 'environmentId': 'Pong', 'lanes': 1 } }", "", StatusCode.NotFound,
            "open.environment_id: There is no environment 'Pong'."
        },
        { Open(lanes: 0), "", StatusCode.InvalidArgument, "open.lanes: 0 is not a number of lanes from 1 to 1024." },
        {
            Open(lanes: 1025), "", StatusCode.InvalidArgument,
            "open.lanes: 1025 is not a number of lanes from 1 to 1024."
        },
        { Open(lanes: -1), "", StatusCode.InvalidArgument, "open.lanes: -1 is not" },
        {
            Open(options: "'speed': '2'"), "", StatusCode.InvalidArgument,
            "open.options[speed]: 'speed' is not an option of CartPole-v1"
        },
        {
            Open(options: "'max_episode_steps': 'x'"), "", StatusCode.InvalidArgument,
            "open.options[max_episode_steps]: max_episode_steps of CartPole-v1 is 'x'"
        },
        {
            "{ 'saveState': { } }", "", StatusCode.InvalidArgument,
            "save_state: the first request of a session must be open."
        },
        {
            "{ 'restoreState': { } }", "", StatusCode.InvalidArgument,
            "restore_state: the first request of a session must be open."
        },
        {
            Open(), "{ 'saveState': { 'offset': 5 } }", StatusCode.InvalidArgument,
            "save_state.offset: 5 is not in the state that was taken, of 0 bytes."
        },
        { Open(), "{ 'saveState': { 'offset': -1 } }", StatusCode.InvalidArgument, "save_state.offset: -1 is not" },
        {
            Open(), "{ 'restoreState': { } }", StatusCode.InvalidArgument,
            "restore_state.size: 0 is not a size from 1 to 268435456 bytes."
        },
        { Open(), Restore(size: 268435457), StatusCode.InvalidArgument, "restore_state.size: 268435457 is not" },
        {
            Open(), Restore(size: 2), StatusCode.InvalidArgument,
            "restore_state.piece: 3 bytes are more than the 2 that are missing of the state."
        },
        {
            Open(), Restore(size: 3), StatusCode.InvalidArgument,
            "restore_state: These 3 bytes are no saved state of environments."
        },
        { Open(), Open(), StatusCode.InvalidArgument, "open: the session is open already" },
        {
            Open(lanes: 2), "{ 'step': { 'actions': [0] } }", StatusCode.InvalidArgument,
            "step.actions: 1 actions for 2 lanes"
        },
        {
            Open(lanes: 3), "{ 'step': { 'actions': [0, 1, 7] } }", StatusCode.InvalidArgument,
            "step.actions[2]: 7 is not an action of CartPole-v1 (0..1)."
        },
        {
            Open(), "{ 'step': { 'actions': [-2] } }", StatusCode.InvalidArgument,
            "step.actions[0]: -2 is not an action of CartPole-v1 (0..1)."
        },
        {
            Open(lanes: 2), "{ 'reset': { 'resets': [{ 'lane': 1 }, { 'lane': 2 }] } }", StatusCode.InvalidArgument,
            "reset.resets[1].lane: 2 is not a lane (0..1)."
        },
        {
            Open(lanes: 2), "{ 'reset': { 'resets': [{ 'lane': 1 }, { 'lane': 1 }] } }", StatusCode.InvalidArgument,
            "reset.resets[1].lane: lane 1 is named twice."
        },
        {
            Open(), "{ 'play': { 'actions': 'AA==', 'episodesPerPolicy': 1 } }", StatusCode.InvalidArgument,
            "play: CartPole-v1 has no finite set of states"
        },
        {
            Lake("'autoReset': true"), "{ 'play': { } }", StatusCode.InvalidArgument,
            "play: the session was opened with auto_reset"
        },
        {
            Lake("'options': { 'max_episode_steps': '0' }"), "{ 'play': { } }", StatusCode.InvalidArgument,
            "play: the session was opened without a time limit"
        },
        {
            Lake(), "{ 'play': { 'actions': 'AAAA' } }", StatusCode.InvalidArgument,
            "play.episodes_per_policy: 0 is not a number of episodes from 1 to 10000."
        },
        {
            Lake(), "{ 'play': { 'actions': 'AAAA', 'episodesPerPolicy': 1 } }", StatusCode.InvalidArgument,
            "play.actions: 3 actions are not one or more whole tables of 16 states."
        },
        {
            Lake(), "{ 'play': { 'episodesPerPolicy': 1 } }", StatusCode.InvalidArgument,
            "play.actions: 0 actions are not"
        },
        {
            Lake(), Play(16, 3, 4), StatusCode.InvalidArgument,
            "play.actions[0]: 4 is not an action of FrozenLake-v1 (0..3)."
        },
        {
            Lake(), Play(16 * 51, 10_000, 0), StatusCode.InvalidArgument,
            "play: 51 policies with 10000 episodes each are more than 500000 episodes."
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_IsRefusedByName(string first, string second, StatusCode status, string detail)
    {
        await using var server = await EnvServer.StartAsync();
        var (other, _) = await server.OpenAsync(new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 });
        using var healthy = other;

        using var session = server.Interact();
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await session.SendAsync(Parse(first));
            if (second.Length > 0)
            {
                await session.SendAsync(Parse(second));
            }
        });
        Assert.Equal(status, exception.StatusCode);
        Assert.StartsWith(detail, exception.Status.Detail);

        Assert.Equal(1, Assert.Single((await healthy.StepAsync(1)).Rewards));
    }

    [Fact]
    public async Task Step_OfALaneWhoseEpisodeIsOver_IsRefused()
    {
        await using var server = await EnvServer.StartAsync();
        var (session, _) = await server.OpenAsync(
            new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 2, Options = { { "max_episode_steps", "1" } } });
        using var opened = session;
        Assert.Equal([2, 2], (await session.StepAsync(0, 1)).Flags.ToByteArray());
        await session.ResetAsync(new LaneReset { Lane = 0 });
        Assert.Equal([2, 0], (await session.StepAsync(0, -1)).Flags.ToByteArray());

        var exception = await Assert.ThrowsAsync<RpcException>(() => session.StepAsync(-1, 0));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.StartsWith("step.actions[1]: the episode of lane 1 is over", exception.Status.Detail);
    }

    private static string Open(int lanes = 1, string options = "") =>
        $"{{ 'open': {{ 'environmentId': 'CartPole-v1', 'lanes': {lanes}, 'options': {{ {options} }} }} }}";

    private static string Restore(int size) => $"{{ 'restoreState': {{ 'piece': 'AAAA', 'size': {size} }} }}";

    private static string Lake(string more = "'seed': '1'") =>
        $"{{ 'open': {{ 'environmentId': 'FrozenLake-v1', 'lanes': 1, {more} }} }}";

    private static string Play(int actions, int episodes, byte action) =>
        $"{{ 'play': {{ 'actions': '{Convert.ToBase64String([.. Enumerable.Repeat(action, actions)])}', "
        + $"'episodesPerPolicy': {episodes} }} }}";

    private static InteractRequest Parse(string json) =>
        JsonParser.Default.Parse<InteractRequest>(json.Replace('\'', '"'));
}
