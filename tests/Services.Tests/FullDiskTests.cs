using DqnAspire.Agents.Settings;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.TestSupport;
using Grpc.Core;
using RunState = DqnAspire.Contracts.Learner.V1.RunState;

namespace DqnAspire.Services.Tests;

/// <summary>A run's folder lies on a disk that is full.</summary>
public sealed class FullDiskTests(TestSystem system) : IClassFixture<TestSystem>
{
    private const int DiskBytes = 1 << 20;
    private const string NoSpace = "No space left on device";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunThatCannotBeWritten_EndsInOneLine_AndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Create(DiskBytes);
        var (service, learner) = await system.StartLearnerAsync($"--Learner:RunsDirectory={disk.Path}");
        await using var stopped = service;
        var start = new StartRequest
        {
            Preset = "cartpole-dense",
            Settings = { { "Run:GoalReturn", "501" }, { "Replay:PrefillSteps", "150" } }
        };
        var run = (await learner.StartAsync(start, cancellationToken: Cancellation)).RunId;
        var kept = await learner.CheckpointAsync(
            new CheckpointRequest { RunId = run }, cancellationToken: Cancellation);

        disk.Fill();
        for (var i = 0; i < RunSection.CheckpointsKept; i++)
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await learner.CheckpointAsync(new CheckpointRequest { RunId = run }, cancellationToken: Cancellation));
            Assert.Contains(NoSpace, error.Status.Detail, StringComparison.Ordinal);
        }

        var failed = await TestSystem.EndAsync(learner, run);

        Assert.Equal(RunState.Failed, failed.State);
        Assert.Contains(disk.Path, failed.Error, StringComparison.Ordinal);
        Assert.Contains(NoSpace, failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Error);
        var settings = RecordedSettings.Resolve(RunDirectory.ReadFile(failed.RunDirectory), []);
        using (var folder = RunWriter.Open(failed.RunDirectory, settings))
        {
            var told = new List<string>();
            Assert.Equal(kept.Steps, folder.FindCheckpoint(told.Add)?.Steps);
            Assert.Empty(told);
        }

        disk.Free();
        var again = new StartRequest { ResumeRunId = run, Settings = { { "Run:MaxSteps", $"{kept.Steps + 20}" } } };
        await learner.StartAsync(again, cancellationToken: Cancellation);
        var last = await TestSystem.EndAsync(learner, run);

        Assert.Equal(("", RunState.Unsolved, kept.Steps + 20), (last.Error, last.State, last.Steps));
        Assert.StartsWith(
            $"The run continues from the checkpoint of step {kept.Steps}.", last.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunThatFindsNoRoomAtItsStart_IsRefusedInOneLine()
    {
        using var disk = SmallDisk.Create(DiskBytes);
        var (service, learner) = await system.StartLearnerAsync($"--Learner:RunsDirectory={disk.Path}");
        await using var stopped = service;
        disk.Fill();

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await learner.StartAsync(new StartRequest { Preset = "cartpole-dense" }, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.StartsWith($"Run directory {disk.Path}", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(NoSpace, error.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Status.Detail);
    }
}
