using DqnAspire.Agents.Evaluation;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Agents.Tests.Evaluation;

public sealed class EvaluationSetupTests
{
    private static readonly EvaluationProtocol Greedy = new(3, 0, Seed: 5, MaxSteps: 0);

    [Fact]
    public async Task WithoutChanges_WholeGamesArePlayed_AndTheWordsSayAsWhat()
    {
        var setup = await Of("BricksNoFrameskip-v4", Greedy, ("preprocessing", "nature"));

        Assert.Equal("greedy play, 3 episodes, reset seeds 5..7, no sticky actions, 1 to 30 no-ops at the start, at "
            + "most 108000 frames each", setup.Protocol);
        Assert.Equal(
            new Dictionary<string, string> { ["preprocessing"] = "nature", ["training"] = "false" }, setup.Options);
    }

    [Fact]
    public async Task TheProtocol_ChangesTheOptionsOfTraining()
    {
        var protocol = Greedy with { StickyActions = 0.25, NoOpStarts = 7, MaxFrames = 0, Epsilon = 0.05 };

        var setup = await Of("BricksNoFrameskip-v4", protocol, ("repeat_action_probability", "0.1"));

        Assert.Equal("epsilon 0.05 play, 3 episodes, reset seeds 5..7, sticky actions 0.25, 1 to 7 no-ops at the "
            + "start, no frame cap", setup.Protocol);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["repeat_action_probability"] = "0.25",
                ["noop_max"] = "7",
                ["max_num_frames_per_episode"] = "0",
                ["training"] = "false",
            },
            setup.Options);
    }

    [Fact]
    public async Task TheDefaultsOfAnId_AreSaid() =>
        Assert.Equal(
            "greedy play, 3 episodes, reset seeds 5..7, sticky actions 0.25, no no-op starts, at most 108000 frames "
            + "each",
            (await Of("ALE/Volley-v5", Greedy)).Protocol);

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("SomethingElse-v0")]
    public async Task OtherEnvironments_StayAsTheyAre(string id)
    {
        var setup = await Of(id, Greedy, ("size", "3"));

        Assert.Equal("greedy play, 3 episodes, reset seeds 5..7", setup.Protocol);
        Assert.Equal(new Dictionary<string, string> { ["size"] = "3" }, setup.Options);
    }

    [Fact]
    public async Task WhatAnEnvironmentDoesNotHave_IsRefused()
    {
        var error = await Assert.ThrowsAsync<EvaluationProtocolException>(
            () => Of("CartPole-v1", Greedy with { StickyActions = 0.25 }));

        Assert.StartsWith("sticky_actions: CartPole-v1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersOutOfRange_AreNamed()
    {
        (EvaluationProtocol Protocol, string Name)[] cases =
        [
            (Greedy with { Episodes = 0 }, "episodes"),
            (Greedy with { Episodes = EvaluationProtocol.MaxEpisodes + 1 }, "episodes"),
            (Greedy with { Epsilon = double.NaN }, "epsilon"),
            (Greedy with { MaxSteps = -1 }, "max_steps"),
            (Greedy with { StickyActions = 1.1 }, "sticky_actions"),
            (Greedy with { NoOpStarts = 1001 }, "no_op_starts"),
            (Greedy with { MaxFrames = -1 }, "max_frames"),
        ];

        Assert.All(cases, c => Assert.StartsWith(
            $"{c.Name}: ", Assert.Throws<EvaluationProtocolException>(c.Protocol.Validate).Message,
            StringComparison.Ordinal));
    }

    private static Task<EvaluationSetup> Of(
        string id, EvaluationProtocol protocol, params (string Name, string Value)[] options) =>
        EvaluationSetup.CreateAsync(
            new LocalLaneSource(BuiltInEnvironments.Registry),
            id,
            options.ToDictionary(o => o.Name, o => o.Value),
            protocol,
            TestContext.Current.CancellationToken);
}
