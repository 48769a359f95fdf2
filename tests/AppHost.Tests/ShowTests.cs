using DqnAspire.Contracts.Eval.V1;
using Google.Protobuf;
using Grpc.Net.Client;

namespace DqnAspire.AppHost.Tests;

/// <summary>What was trained is shown without a learner.</summary>
public sealed class ShowTests
{
    private static readonly string[] Train =
    [
        "--preset", "cartpole-dense", "--headless", "--until-done", "--run-dir", "mine", "--set", "Run:MaxSteps=300",
        "--set", "Run:GoalReturn=501", "--set", "Run:FinalEvaluationEpisodes=0", "--set", "Replay:PrefillSteps=200",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunThatEnded_IsPlayedAgain_WithTwoServices()
    {
        await using var training = new RunningAppHost(Train);
        Assert.Equal(2, await training.ExitAsync());
        await using var host = training.Again("--show", "mine@latest", "--headless");
        await host.SeeAsync("Watch: ");
        using var channel = GrpcChannel.ForAddress(host.Address(5104));
        var eval = new EvalService.EvalServiceClient(channel);

        var policies = await eval.ListPoliciesAsync(new ListPoliciesRequest(), cancellationToken: Cancel);
        var answer = await eval.ActAsync(
            new ActRequest { Count = 1, Observations = ByteString.CopyFrom(new byte[16]) }, cancellationToken: Cancel);

        Assert.Contains(policies.Policies, policy => policy is { EnvironmentId: "CartPole-v1", Steps: 300 });
        Assert.Equal(2, answer.ActionValues.Count);
        Assert.Equal(300, answer.Steps);
        host.Interrupt();
        await host.ExitAsync();
        Assert.Equal("", host.Errors);
        await host.AllGoneAsync();
    }

    [Theory]
    [InlineData("There is no run, folder or file 'nothing'.", "--show", "nothing")]
    [InlineData("'newest' is no policy of a run: write @best, @latest or @STEPS.", "--show", "mine@newest")]
    [InlineData("--preset and --show exclude each other", "--show", "mine", "--preset", "volley")]
    public async Task WhatCannotBeShown_IsOneLine(string problem, params string[] arguments)
    {
        await using var host = new RunningAppHost(arguments);

        Assert.Equal(1, await host.ExitAsync());

        Assert.Contains(problem, host.Errors, StringComparison.Ordinal);
    }
}
