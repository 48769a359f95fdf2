using System.Runtime.InteropServices;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Policies;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.Services.Tests;

public sealed class EvalTests(TestSystem system) : IClassFixture<TestSystem>
{
    [Fact]
    public async Task Evaluate_StreamsTheEpisodes_ThatTheSamePolicyPlaysInThisProcess()
    {
        var run = await system.TrainAsync("cartpole-dense", ("Run:MaxEpisodes", "5"));
        var (header, file) = await system.ParametersAsync(run.RunId, ParameterSelection.Best);

        var (episodes, summary) = await EvaluateAsync(
            new EvaluateRequest { RunId = run.RunId, Selection = PolicySelection.Best, Episodes = 30, Seed = 77 });

        var policy = PolicyFile.Load(new MemoryStream(file), ManagedBackend.Shared);
        var expected = new List<EpisodeResult>();
        await foreach (var episode in Evaluator.PlayAsync(
            policy,
            new LocalLaneSource(BuiltInEnvironments.Registry),
            "CartPole-v1",
            new Dictionary<string, string>(),
            new EvaluationProtocol(30, 0, 77, 0),
            TestContext.Current.CancellationToken))
        {
            expected.Add(episode);
        }

        Assert.Equal(
            expected.Select(e => (e.Index, e.Seed, e.Return, e.Length)),
            episodes.Select(e => (e.Index, e.Seed, e.EpisodeReturn, e.Length)));
        var statistics = EvaluationSummary.Of(expected, "CartPole-v1");
        Assert.Equal((statistics.MeanReturn, statistics.StandardError), (summary.MeanReturn, summary.StandardError));
        Assert.Equal((statistics.MinReturn, statistics.MaxReturn), (summary.MinReturn, summary.MaxReturn));
        Assert.Equal(
            (statistics.MedianReturn, statistics.InterquartileMeanReturn),
            (summary.MedianReturn, summary.InterquartileMeanReturn));
        Assert.Null(summary.HumanNormalisedScore);
        Assert.Equal(header.Version, summary.ParameterVersion);
        Assert.Equal("greedy play, 30 episodes, reset seeds 77..106", summary.Protocol);
    }

    [Fact]
    public async Task Act_GivesTheGreedyActionsAndTheirValues()
    {
        var run = await system.TrainAsync("cartpole-dense", ("Run:MaxEpisodes", "2"));
        var (header, file) = await system.ParametersAsync(run.RunId, ParameterSelection.Latest);
        float[] observations = [0, 0, 0.1f, 0, 0, 0, -0.1f, 0, 1, 2, 3, 4];
        var bytes = MemoryMarshal.AsBytes(observations.AsSpan()).ToArray();

        var response = await system.Eval.ActAsync(
            new ActRequest { RunId = run.RunId, Count = 3, Observations = ByteString.CopyFrom(bytes) },
            cancellationToken: TestContext.Current.CancellationToken);

        var policy = PolicyFile.Load(new MemoryStream(file), ManagedBackend.Shared);
        var values = new float[6];
        var actions = new int[3];
        policy.ActionValues(bytes, values);
        policy.ActGreedily(bytes, actions);
        Assert.Equal(values, response.ActionValues);
        Assert.Equal(actions, response.Actions);
        Assert.Equal(header.Version, response.ParameterVersion);
    }

    [Fact]
    public async Task ATablePolicy_IsEvaluatedToo()
    {
        var run = await system.TrainAsync("frozenlake-tabular", ("Run:Seed", "5"));

        var (episodes, summary) = await EvaluateAsync(new EvaluateRequest { RunId = run.RunId });

        Assert.Equal(20, episodes.Count);
        Assert.InRange(summary.MeanReturn, 0.3, 1);
    }

    [Fact]
    public async Task WhatTheEnvironmentDoesNotHave_IsRefused()
    {
        var run = await system.TrainAsync("frozenlake-tabular", ("Run:Seed", "5"));

        var error = await Assert.ThrowsAsync<RpcException>(
            () => EvaluateAsync(new EvaluateRequest { RunId = run.RunId, NoOpStarts = 30 }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith("no_op_starts: FrozenLake-v1", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABadProtocol_NamesItsField()
    {
        (EvaluateRequest Request, string Field)[] cases =
        [
            (new EvaluateRequest { StickyActions = -0.1 }, "sticky_actions"),
            (new EvaluateRequest { NoOpStarts = -1 }, "no_op_starts"),
            (new EvaluateRequest { MaxFrames = -1 }, "max_frames"),
        ];
        foreach (var (request, field) in cases)
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => EvaluateAsync(request));

            Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
            Assert.StartsWith(field, error.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1, 0.0, 0, "episodes")]
    [InlineData(100_001, 0.0, 0, "episodes")]
    [InlineData(1, 1.5, 0, "epsilon")]
    [InlineData(1, double.NaN, 0, "epsilon")]
    [InlineData(1, 0.0, -1, "max_steps")]
    public async Task ABadRequest_NamesItsField(int episodes, double epsilon, int maxSteps, string field)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            EvaluateAsync(new EvaluateRequest { Episodes = episodes, Epsilon = epsilon, MaxSteps = maxSteps }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith(field, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObservationsOfTheWrongSize_AreRefused()
    {
        var run = await system.TrainAsync("cartpole-dense", ("Run:MaxEpisodes", "1"));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await system.Eval.ActAsync(
            new ActRequest { RunId = run.RunId, Count = 1, Observations = ByteString.CopyFrom(new byte[15]) },
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("16 bytes", error.Status.Detail, StringComparison.Ordinal);
    }

    private async Task<(List<Episode> Episodes, Summary Summary)> EvaluateAsync(EvaluateRequest request)
    {
        using var call = system.Eval.Evaluate(request, cancellationToken: TestContext.Current.CancellationToken);
        var episodes = new List<Episode>();
        Summary? summary = null;
        await foreach (var response in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Null(summary);
            if (response.Episode is { } episode)
            {
                episodes.Add(episode);
            }

            summary = response.Summary;
        }

        return (episodes, summary!);
    }
}
