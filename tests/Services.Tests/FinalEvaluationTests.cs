using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Runs.Records;
using RunState = DqnAspire.Contracts.Learner.V1.RunState;

namespace DqnAspire.Services.Tests;

/// <summary>The learner has a run evaluated after training, and keeps the result with the run.</summary>
public sealed class FinalEvaluationTests(EvaluatingSystem system) : IClassFixture<EvaluatingSystem>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARun_IsEvaluatedByItsOwnSettings_AndItsFolderHasTheResult()
    {
        var run = await system.StartAsync(
            "cartpole-dense",
            ("Run:MaxEpisodes", "4"), ("Run:Seed", "9"), ("Run:FinalEvaluationEpisodes", "30"), (
                "Run:FinalEvaluationEpsilon", "0.25"));
        var seen = await WatchAsync(run);
        var last = seen[^1];

        // The evaluation has a state of its own; nobody takes the run for ended before its result is there.
        Assert.Contains(seen, p => p.State == RunState.Evaluating);
        Assert.All(seen[..^1], p => Assert.True(
            p.State is RunState.Starting or RunState.WarmingUp or RunState.Training or RunState.Evaluating));
        Assert.Equal((RunState.Unsolved, 30, 30), (last.State, last.Evaluation.Episodes, last.Evaluation.Played));
        var first = new SeedStreams(9).Evaluation;
        var expected = await PlayAsync(run, new EvaluationProtocol(30, 0.25, first, 0));
        Assert.Equal(expected.MeanReturn, last.Evaluation.Summary.MeanReturn);
        Assert.Equal(expected.MeanReturn, last.Evaluation.MeanReturn, 1e-9);
        var protocol = $"epsilon 0.25 play, 30 episodes, reset seeds {first}..{first + 29}";
        Assert.Equal(protocol, last.Evaluation.Summary.Protocol);
        Assert.Equal(expected, RecordedEvaluation.Read(last.RunDirectory)!.Summary);
        var report = await File.ReadAllTextAsync(Path.Combine(last.RunDirectory, "report.md"), Cancellation);
        Assert.Contains($"Protocol: {protocol}.", report, StringComparison.Ordinal);
        var listed = (await system.Learner.ListRunsAsync(
            new ListRunsRequest(), cancellationToken: Cancellation)).Runs.Single(r => r.RunId == run);
        Assert.Equal(expected.MeanReturn, listed.Evaluation.MeanReturn);
    }

    [Fact]
    public async Task WithoutEpisodes_ThereIsNoEvaluation()
    {
        var last = await system.TrainAsync(
            "cartpole-dense", ("Run:MaxEpisodes", "2"), ("Run:FinalEvaluationEpisodes", "0"));

        Assert.Equal((RunState.Unsolved, null, ""), (last.State, last.Evaluation, last.Notice));
    }

    [Fact]
    public async Task WhenEnvServiceIsLost_TheEvaluationBeginsAnew()
    {
        var run = await system.StartAsync(
            "cartpole-dense", ("Run:MaxEpisodes", "4"), ("Run:FinalEvaluationEpisodes", "2000"));
        Task? lost = null;
        var seen = await WatchAsync(
            run, p => lost ??= p.Evaluation is { Played: > 0 } ? system.RestartEnvAsync() : null);

        await lost!;
        Assert.Contains(seen, p => p.Notice.EndsWith("the evaluation begins anew.", StringComparison.Ordinal));
        Assert.Equal((RunState.Unsolved, 2000), (seen[^1].State, seen[^1].Evaluation.Summary.Episodes));
    }

    [Fact]
    public async Task WhenEvalServiceStaysAway_TheRunHasEndedAllTheSame_AndTheNextLearnerMakesUpForIt()
    {
        await system.StopEvalAsync();
        var ended = await system.TrainAsync(
            "cartpole-dense", ("Run:MaxEpisodes", "2"), ("Run:FinalEvaluationEpisodes", "5"));

        Assert.Equal((RunState.Unsolved, ""), (ended.State, ended.Error));
        Assert.StartsWith("The run could not be evaluated: EvalService ", ended.Notice, StringComparison.Ordinal);
        Assert.Null(ended.Evaluation.Summary);
        Assert.Null(RecordedEvaluation.Read(ended.RunDirectory));

        await system.StartEvalAsync();
        await system.RestartLearnerAsync(
            "--Learner:Resume=true", "--Learner:Preset=cartpole-dense", $"--Learner:RunDirectory={ended.RunDirectory}");
        var last = (await WatchAsync(ended.RunId))[^1];

        Assert.Equal((RunState.Unsolved, 5), (last.State, last.Evaluation.Summary.Episodes));
    }

    private async Task<List<Progress>> WatchAsync(string run, Func<Progress, Task?>? see = null)
    {
        var seen = new List<Progress>();
        using var watch = system.Learner.Watch(
            new WatchRequest { RunId = run, PeriodSeconds = 0.02 }, cancellationToken: Cancellation);
        while (await watch.ResponseStream.MoveNext(Cancellation))
        {
            seen.Add(watch.ResponseStream.Current);
            see?.Invoke(seen[^1]);
        }

        return seen;
    }

    private async Task<EvaluationSummary> PlayAsync(string run, EvaluationProtocol protocol)
    {
        var (header, file) = await system.ParametersAsync(run, ParameterSelection.Latest);
        var policy = PolicyFile.Load(new MemoryStream(file), ManagedBackend.Shared);
        var episodes = new List<EpisodeResult>();
        await foreach (var episode in Evaluator.PlayAsync(
            policy,
            new LocalLaneSource(BuiltInEnvironments.Registry),
            header.EnvironmentId,
            header.EnvironmentOptions,
            protocol,
            Cancellation))
        {
            episodes.Add(episode);
        }

        return EvaluationSummary.Of(episodes, header.EnvironmentId);
    }
}
