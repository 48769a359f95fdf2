using System.Text.Json;
using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using Grpc.Core;
using RunState = DqnAspire.Contracts.Learner.V1.RunState;

namespace DqnAspire.Services.Tests;

public sealed class LearnerTests(TestSystem system) : IClassFixture<TestSystem>
{
    [Fact]
    public async Task ARunThroughTheServices_EndsWithTheWeightsOfOneInASingleProcess()
    {
        var progress = await system.TrainAsync("cartpole-dense", ("Run:Seed", "11"), ("Run:MaxEpisodes", "8"));
        var (header, file) = await system.ParametersAsync(progress.RunId, ParameterSelection.Latest);

        var local = new LastParameters();
        var settings = (DqnSettings)PresetCatalog.BuiltIn.Resolve(
            "cartpole-dense", [new("Run:Seed", "11"), new("Run:MaxEpisodes", "8")]);
        await TrainingLoop.TrainAsync(
            settings,
            new TrainingContext(
                "local",
                new LocalLaneSource(BuiltInEnvironments.Registry),
                new LocalReplaySource(),
                local)
            { Backend = ManagedBackend.Shared },
            TestContext.Current.CancellationToken);

        Assert.Equal(RunState.Unsolved, progress.State);
        Assert.Equal(8, progress.Episodes);
        Assert.Equal(local.Steps, progress.Steps);
        Assert.Equal("dense 4-32-32-2", header.Architecture);
        Assert.Equal("CartPole-v1", header.EnvironmentId);
        Assert.Equal(local.File, file);
    }

    [Fact]
    public async Task ATabularRun_IsSolved_AndItsBestTableIsPublished()
    {
        var progress = await system.TrainAsync("frozenlake-tabular", ("Run:Seed", "3"));
        var (header, file) = await system.ParametersAsync(progress.RunId, ParameterSelection.Best);

        Assert.Equal(RunState.Solved, progress.State);
        Assert.True(progress.BestValidationReturn > 0.8);
        Assert.Equal("table 16x4", header.Architecture);
        Assert.IsType<TablePolicy>(PolicyFile.Load(new MemoryStream(file), ManagedBackend.Shared));
        Assert.Contains("16 states", progress.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunDirectory_SaysWhatWasRunAndHowItEnded()
    {
        var progress = await system.TrainAsync("cartpole-dense", ("Run:MaxEpisodes", "3"), ("Run:Seed", "21"));

        using var run = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.Combine(progress.RunDirectory, "run.json"), TestContext.Current.CancellationToken));
        Assert.Equal("unsolved", run.RootElement.GetProperty("state").GetString());
        Assert.Equal(21, run.RootElement.GetProperty("seed").GetInt32());
        Assert.Equal("0.99", run.RootElement.GetProperty("settings").GetProperty("Agent:Gamma").GetString());
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(progress.RunDirectory, "metrics.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(3, lines.Length);
        Assert.Equal(progress.Steps, JsonDocument.Parse(lines[^1]).RootElement.GetProperty("steps").GetInt64());
        var curve = System.Xml.Linq.XDocument.Load(Path.Combine(progress.RunDirectory, "curve.svg"));
        Assert.Equal(4, curve.Descendants().Count(e => e.Name.LocalName == "polyline"));
        var recorded = RecordedRun.Read(progress.RunDirectory);
        Assert.Equal(recorded.Records.Max(r => r.ValidationReturn), recorded.Policies[0].ValidationReturn);
        Assert.Equal(progress.Summary, recorded.File.Summary);
        var report = await File.ReadAllTextAsync(
            Path.Combine(progress.RunDirectory, "report.md"), TestContext.Current.CancellationToken);
        Assert.StartsWith("# cartpole-dense, seed 21: ended unsolved", report, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(progress.RunDirectory, "events.out.tfevents.*"));
        Assert.True(File.Exists(Path.Combine(progress.RunDirectory, "best", "network.safetensors")));
        Assert.True(File.Exists(
            Path.Combine(progress.RunDirectory, "checkpoints", $"{progress.Steps}", "network.safetensors")));
        Assert.Empty(Directory.EnumerateFiles(progress.RunDirectory, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Stop_EndsARun_AndSaysWhereItStands()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new StartRequest { Preset = "cartpole-dense", Settings = { { "Run:GoalReturn", "501" } } };
        var run = await system.Learner.StartAsync(start, cancellationToken: cancellation);

        var second = await Assert.ThrowsAsync<RpcException>(
            async () => await system.Learner.StartAsync(start, cancellationToken: cancellation));
        var stopped = await system.Learner.StopAsync(
            new StopRequest { RunId = run.RunId }, cancellationToken: cancellation);
        var again = await system.Learner.StopAsync(
            new StopRequest { RunId = run.RunId }, cancellationToken: cancellation);

        Assert.Equal(StatusCode.FailedPrecondition, second.StatusCode);
        Assert.Contains(run.RunId, second.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(RunState.Stopped, stopped.Progress.State);
        Assert.Equal(stopped.Progress.Steps, again.Progress.Steps);
        Assert.Contains(
            "\"stopped\"",
            await File.ReadAllTextAsync(Path.Combine(stopped.Progress.RunDirectory, "run.json"), cancellation),
            StringComparison.Ordinal);
        // The run's table went with it.
        var tables = await system.Replay.ListAsync(
            new Contracts.Replay.V1.ListRequest(), cancellationToken: cancellation);
        Assert.DoesNotContain(tables.Tables, t => t.Spec.Name.StartsWith(run.RunId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parameters_FollowARun_VersionByVersion()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var run = await system.Learner.StartAsync(
            new StartRequest { Preset = "cartpole-dense", Settings = { { "Run:MaxEpisodes", "30" } } },
            cancellationToken: cancellation);
        using var watch = system.Learner.Watch(
            new WatchRequest { RunId = run.RunId, PeriodSeconds = 0.02 }, cancellationToken: cancellation);
        while (await watch.ResponseStream.MoveNext(cancellation) && watch.ResponseStream.Current.ParameterVersion == 0)
        {
        }

        using var call = system.Learner.Parameters(
            new ParametersRequest { RunId = run.RunId, Follow = true }, cancellationToken: cancellation);
        var versions = new List<long>();
        long expected = 0;
        while (await call.ResponseStream.MoveNext(cancellation))
        {
            if (call.ResponseStream.Current.Header is { } header)
            {
                Assert.Equal(0, expected);
                versions.Add(header.Version);
                expected = header.Size;
            }
            else
            {
                expected -= call.ResponseStream.Current.Chunk.Length;
            }
        }

        Assert.Equal(0, expected);
        Assert.Equal(versions.Order().Distinct(), versions);
        // One an episode, and those at the end.
        Assert.Equal(31, versions[^1]);
    }

    [Fact]
    public async Task ListPresets_ShowsEverySettingWithItsRange()
    {
        var response = await system.Learner.ListPresetsAsync(
            new ListPresetsRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(PresetCatalog.DefaultName, response.DefaultPreset);
        var cartPole = response.Presets.Single(p => p.Name == "cartpole-dense");
        var gamma = cartPole.Settings.Single(s => s.Name == "Agent:Gamma");
        Assert.Equal(("0.99", "a number from 0 to 1"), (gamma.Value, gamma.Range));
    }

    [Theory]
    [InlineData("pong-pong", null, null, StatusCode.NotFound, "cartpole-dense")]
    [InlineData("cartpole-dense", "Agent:Gamma", "2", StatusCode.InvalidArgument, "Agent:Gamma")]
    [InlineData("cartpole-dense", "Agent:Gama", "0.9", StatusCode.InvalidArgument, "Agent:Gama")]
    public async Task ABadRequest_IsRefusedByName(
        string preset, string? name, string? value, StatusCode code, string named)
    {
        var request = new StartRequest { Preset = preset };
        if (name is not null)
        {
            request.Settings.Add(name, value);
        }

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Learner.StartAsync(request, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(code, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownEnvironment_FailsTheRun_WithEnvServicesOwnWords()
    {
        var progress = await system.TrainAsync("cartpole-dense", ("Environment:Id", "CartPool-v1"));

        Assert.Equal(RunState.Failed, progress.State);
        Assert.StartsWith("EnvService answered NotFound", progress.Error, StringComparison.Ordinal);
        Assert.Contains("CartPole-v1", progress.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunThatDiverges_FailsAndSaysWhere_AndTheServiceTrainsTheNext()
    {
        // An average that never moves from zero: what is divided by it is divided by epsilon.
        var diverged = await system.TrainAsync(
            "cartpole-dense",
            ("Optimizer:Kind", "RmsProp"), ("Optimizer:LearningRate", "1"), ("Optimizer:Smoothing", "1"), (
                "Optimizer:Clipping", "None"));

        Assert.Equal(RunState.Failed, diverged.State);
        Assert.Matches(
            @"^The loss is (NaN|Infinity) at gradient step [0-9]+, first in [^\n]+: training has diverged[^\n]+$",
            diverged.Error);
        var file = RunDirectory.ReadFile(diverged.RunDirectory);
        Assert.Equal((Agents.Training.RunState.Failed, diverged.Error), (file.State, file.Error));
        var listed = (await system.Learner.ListRunsAsync(
            new ListRunsRequest(), cancellationToken: TestContext.Current.CancellationToken)).Runs;
        Assert.Equal(RunState.Failed, listed.Single(r => r.RunId == diverged.RunId).State);

        var next = await system.TrainAsync("cartpole-dense", ("Run:MaxSteps", "50"));
        Assert.Equal(("", RunState.Unsolved, 50L), (next.Error, next.State, next.Steps));
    }

    [Fact]
    public async Task AnUnknownRun_IsNotFound()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Learner.StopAsync(
                new StopRequest { RunId = "nobody" }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }
}
