using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;

namespace DqnAspire.Services.Tests;

/// <summary>A run is held, changed, stopped and resumed from outside.</summary>
public sealed class RunControlTests(TestSystem system) : IClassFixture<TestSystem>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APausedRun_StandsStill_UntilItIsResumed()
    {
        var run = await StartEndlessAsync();

        var paused = await system.Learner.PauseAsync(new PauseRequest { RunId = run }, cancellationToken: Cancellation);
        // The step that it was in may still end.
        var still = await NextAsync(run, p => p.Paused, inARow: 3);
        var asked = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Learner.CheckpointAsync(
                new CheckpointRequest { RunId = run }, cancellationToken: Cancellation));
        var resumed = await system.Learner.ResumeAsync(
            new ResumeRequest { RunId = run }, cancellationToken: Cancellation);
        var later = await NextAsync(run, p => p.Steps > still.Steps + 20, inARow: 1);

        Assert.True(paused.Progress.Paused);
        Assert.True(still.Paused);
        Assert.Equal(StatusCode.FailedPrecondition, asked.StatusCode);
        Assert.False(resumed.Progress.Paused);
        Assert.False(later.Paused);
        await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task ACheckpointOnRequest_IsOnDiskWhenItIsAnswered()
    {
        var run = await StartEndlessAsync();

        var made = await system.Learner.CheckpointAsync(
            new CheckpointRequest { RunId = run }, cancellationToken: Cancellation);

        Assert.True(made.Steps > 0);
        Assert.True(File.Exists(Path.Combine(made.Directory, "manifest.json")));
        var progress = await NextAsync(run, p => p.CheckpointSteps >= made.Steps, inARow: 1);
        Assert.Equal(made.Steps, progress.CheckpointSteps);
        await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task AStoppedRun_IsResumed_ByIdAndWithANewLimit()
    {
        var run = await StartEndlessAsync();
        var stopped = (
            await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation)).Progress;

        var listed = (await system.Learner.ListRunsAsync(
            new ListRunsRequest(), cancellationToken: Cancellation)).Runs.Single(r => r.RunId == run);
        var limit = stopped.Steps + 50;
        var again = await system.Learner.StartAsync(
            new StartRequest { ResumeRunId = run, Settings = { { "Run:MaxSteps", $"{limit}" } } },
            cancellationToken: Cancellation);
        var last = await NextAsync(run, p => p.State is RunState.Unsolved or RunState.Failed, inARow: 1);

        Assert.Equal(RunState.Stopped, stopped.State);
        Assert.Equal(
            (RunState.Stopped, true, false, stopped.Steps),
            (listed.State, listed.CanResume, listed.InProgress, listed.Steps));
        Assert.True(
            File.Exists(Path.Combine(stopped.RunDirectory, "checkpoints", $"{stopped.Steps}", "manifest.json")));
        Assert.Equal(run, again.RunId);
        Assert.Equal("", last.Error);
        Assert.Equal(limit, last.Steps);
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Learner.StartAsync(
                new StartRequest { ResumeRunDirectory = stopped.RunDirectory }, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.FailedPrecondition, ended.StatusCode);
        // The file of the earlier attempt stays: TensorBoard joins them at the restart.
        Assert.Equal(2, Directory.GetFiles(stopped.RunDirectory, "events.out.tfevents.*").Length);
    }

    [Theory]
    [InlineData("", "Network:HiddenUnits", "16", "Network:HiddenUnits")]
    [InlineData("", "Environment:Id", "LunarLander-v3", "Environment:Id")]
    [InlineData("lunarlander-dense", "Run:MaxSteps", "1000", "preset")]
    public async Task AStoppedRun_IsNotResumedAsAnother(string preset, string name, string value, string named)
    {
        var run = await StartEndlessAsync();
        await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await system.Learner.StartAsync(
            new StartRequest { ResumeRunId = run, Preset = preset, Settings = { { name, value } } },
            cancellationToken: Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADamagedCheckpoint_IsNamedAndPassedOver()
    {
        var run = await StartEndlessAsync();
        var older = await system.Learner.CheckpointAsync(
            new CheckpointRequest { RunId = run }, cancellationToken: Cancellation);
        var stopped = (
            await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation)).Progress;
        var newest = Path.Combine(stopped.RunDirectory, "checkpoints", $"{stopped.Steps}");
        await File.WriteAllBytesAsync(Path.Combine(newest, "training.safetensors"), [1, 2, 3], Cancellation);

        await system.Learner.StartAsync(
            new StartRequest { ResumeRunId = run, Settings = { { "Run:MaxSteps", $"{stopped.Steps + 10}" } } },
            cancellationToken: Cancellation);
        var last = await NextAsync(run, p => p.State is RunState.Unsolved or RunState.Failed, inARow: 1);

        Assert.Equal("", last.Error);
        Assert.Contains(
            $"step {stopped.Steps} is damaged (training.safetensors has 3 bytes",
            last.Notice,
            StringComparison.Ordinal);
        Assert.Equal(older.Steps, last.CheckpointSteps);
        Assert.Equal(stopped.Steps + 10, last.Steps);
    }

    [Fact]
    public async Task ACheckpointThatCannotBeWritten_IsNamed_AndTheThirdInARowEndsTheRun()
    {
        var run = await StartEndlessAsync();
        var folder = (await NextAsync(run, _ => true, inARow: 1)).RunDirectory;
        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoints"), "in the way", Cancellation);

        for (var i = 0; i < 3; i++)
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await system.Learner.CheckpointAsync(
                    new CheckpointRequest { RunId = run }, cancellationToken: Cancellation));
            Assert.Equal(StatusCode.Internal, error.StatusCode);
            Assert.Contains("could not be written", error.Status.Detail, StringComparison.Ordinal);
        }

        var last = await NextAsync(run, p => p.State == RunState.Failed, inARow: 1);
        Assert.Contains("could not be written", last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALearnerThatIsStartedAgainAfterTheEnd_ShowsTheRun_AndPublishesItsParameters()
    {
        var ended = await system.TrainAsync("cartpole-dense", ("Run:MaxEpisodes", "4"), ("Run:Seed", "77"));
        var (_, best) = await system.ParametersAsync(ended.RunId, ParameterSelection.Best);
        var (_, latest) = await system.ParametersAsync(ended.RunId, ParameterSelection.Latest);

        var (service, learner) = await system.StartLearnerAsync(
            "--Learner:Resume=true", "--Learner:Preset=cartpole-dense", $"--Learner:RunDirectory={ended.RunDirectory}");
        await using var disposed = service;
        using var watch = learner.Watch(new WatchRequest(), cancellationToken: Cancellation);
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        var shown = watch.ResponseStream.Current;

        Assert.Equal(
            (ended.RunId, RunState.Unsolved, ended.Steps, 4L), (shown.RunId, shown.State, shown.Steps, shown.Episodes));
        Assert.Equal(best, (await TestSystem.ParametersAsync(learner, ended.RunId, ParameterSelection.Best)).File);
        Assert.Equal(latest, (await TestSystem.ParametersAsync(learner, ended.RunId, ParameterSelection.Latest)).File);
    }

    [Fact]
    public async Task AChange_ReachesTheRun_AndStaysWithItsCheckpoints()
    {
        var run = await StartEndlessAsync();

        await system.Learner.ChangeAsync(
            new ChangeRequest
            {
                RunId = run,
                Settings = { { "Optimizer:LearningRate", "0.0005" }, { "Agent:UpdatePeriod", "3" } }
            },
            cancellationToken: Cancellation);
        var made = await system.Learner.CheckpointAsync(
            new CheckpointRequest { RunId = run }, cancellationToken: Cancellation);

        var state = await File.ReadAllTextAsync(Path.Combine(made.Directory, "state.json"), Cancellation);
        Assert.Contains("\"learning_rate\": 0.0005", state, StringComparison.Ordinal);
        Assert.Contains("\"update_period\": 3", state, StringComparison.Ordinal);
        await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation);
    }

    [Theory]
    [InlineData("Optimizer:LearningRate", "0", "Optimizer:LearningRate")]
    [InlineData("Optimizer:LearningRate", "NaN", "Optimizer:LearningRate")]
    [InlineData("Optimizer:LearningRate", "2", "Optimizer:LearningRate")]
    [InlineData("Agent:UpdatePeriod", "0", "Agent:UpdatePeriod")]
    [InlineData("Agent:Gamma", "0.5", "Agent:Gamma")]
    [InlineData("Run:MaxSteps", "5000", "Run:MaxSteps")]
    [InlineData(null, null, "settings")]
    public async Task ABadChange_IsRefusedByName(string? setting, string? value, string named)
    {
        var run = await StartEndlessAsync();
        var request = new ChangeRequest { RunId = run };
        if (setting is not null)
        {
            request.Settings.Add(setting, value);
        }

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await system.Learner.ChangeAsync(request, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
        await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task ARunThatHasEnded_CannotWait_AndSaysSo()
    {
        var progress = await system.TrainAsync("frozenlake-tabular", ("Run:MaxSteps", "100"));

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Learner.PauseAsync(
                new PauseRequest { RunId = progress.RunId }, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
    }

    [Fact]
    public async Task Runs_AreCompared_ARowEach()
    {
        var first = await system.TrainAsync("cartpole-dense", ("Run:MaxEpisodes", "2"), ("Run:Seed", "1"));
        var second = await system.TrainAsync("frozenlake-tabular", ("Run:MaxSteps", "100"));

        var compared = await system.Learner.CompareRunsAsync(
            new CompareRunsRequest { RunIds = { second.RunId, first.RunId } }, cancellationToken: Cancellation);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Learner.CompareRunsAsync(
                new CompareRunsRequest { RunIds = { "nobody" } }, cancellationToken: Cancellation));

        Assert.Equal(["frozenlake-tabular", "cartpole-dense"], compared.Runs.Select(r => r.Preset));
        Assert.Equal([100, first.Steps], compared.Runs.Select(r => r.Steps));
        Assert.Equal([second.RunDirectory, first.RunDirectory], compared.Runs.Select(r => r.RunDirectory));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<string> StartEndlessAsync()
    {
        var start = new StartRequest
        {
            Preset = "cartpole-dense",
            Settings = { { "Run:GoalReturn", "501" }, { "Replay:PrefillSteps", "150" } }
        };
        var run = await system.Learner.StartAsync(start, cancellationToken: Cancellation);
        await NextAsync(run.RunId, p => p.State == RunState.Training && p.Steps > 0, inARow: 1);
        return run.RunId;
    }

    /// <summary>Waits until a number of reports in a row show something, and the same steps.</summary>
    private async Task<Progress> NextAsync(string run, Func<Progress, bool> shows, int inARow)
    {
        using var watch = system.Learner.Watch(
            new WatchRequest { RunId = run, PeriodSeconds = 0.05 }, cancellationToken: Cancellation);
        var (seen, steps) = (0, -1L);
        while (await watch.ResponseStream.MoveNext(Cancellation))
        {
            var progress = watch.ResponseStream.Current;
            seen = !shows(progress) ? 0 : progress.Steps == steps ? seen + 1 : 1;
            steps = progress.Steps;
            if (seen == inARow)
            {
                return progress;
            }
        }

        throw new InvalidOperationException("The run ended before it showed what was waited for.");
    }
}
