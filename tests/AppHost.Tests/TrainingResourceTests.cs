using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using DqnAspire.AppHost.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.AppHost.Tests;

/// <summary>The run as a resource: its states, its numbers, its commands, by Aspire's own test host.</summary>
public sealed class TrainingResourceTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-training-").FullName;
    private DistributedApplication _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [
                "--preset", "cartpole-dense", "--headless", "--run-dir", Path.Combine(_folder, "mine"), "--set",
                "Run:GoalReturn=501", "--set", "Run:MaxEpisodes=100000",
                "--set", "Run:MaxSteps=2000000", "--port-offset", RunningAppHost.FreeOffset()
                    .ToString(CultureInfo.InvariantCulture),
            ],
            Cancellation);
        _app = await builder.BuildAsync(Cancellation).WaitAsync(Limit, Cancellation);
        await _app.StartAsync(Cancellation).WaitAsync(Limit, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ItShowsTheRun_AndItsCommandsWork()
    {
        // The phase in words, the numbers as properties, the services as children.
        var training = await StateAsync("Training");
        Assert.Equal("cartpole-dense", Property(training, "run.preset"));
        Assert.Equal("CartPole-v1", Property(training, "run.environment"));
        Assert.Contains(training.Properties, p => p is { Name: "run.step", IsHighlighted: true });
        Assert.Contains(training.Properties, p => p is { Name: "run.steps/s", IsHighlighted: true });
        var learner = await _app.ResourceNotifications.WaitForResourceAsync(
            "learner", e => e.Snapshot.State?.Text == "Running", Cancellation).WaitAsync(Limit, Cancellation);
        Assert.Contains(learner.Snapshot.Relationships, r => r is { ResourceName: "training", Type: "Parent" });

        Assert.True((await CommandAsync("pause")).Success);
        await StateAsync("Paused");
        Assert.True((await CommandAsync("resume")).Success);
        await StateAsync("Training");

        var checkpoint = await CommandAsync("checkpoint");
        Assert.True(checkpoint.Success);
        Assert.Matches(@"^Checkpoint of step [\d,]+ in .*checkpoints", checkpoint.Message!);

        Assert.True((await CommandAsync("change", ("learning-rate", "0.0005"))).Success);
        var refused = await CommandAsync("change", ("learning-rate", "0,0005"));
        Assert.False(refused.Success);
        Assert.Contains("'0,0005' is not a number", refused.Message, StringComparison.Ordinal);

        var evaluation = await CommandAsync("evaluate", ("episodes", "3"), ("epsilon", "0"), ("policy", "latest"));
        Assert.True(evaluation.Success, evaluation.Message);
        Assert.StartsWith("Mean return ", evaluation.Message, StringComparison.Ordinal);
        Assert.Equal(CommandResultFormat.Markdown, evaluation.Data!.Format);
        Assert.Equal(
            3, evaluation.Data.Value.Split('\n')
            .Count(line => line.EndsWith("| terminated |", StringComparison.Ordinal)
            || line.EndsWith("| truncated |", StringComparison.Ordinal)));

        var comparison = await CommandAsync("compare");
        Assert.True(comparison.Success, comparison.Message);
        Assert.Contains("cartpole-dense", comparison.Data!.Value, StringComparison.Ordinal);

        Assert.True((await CommandAsync("stop")).Success);
        var stopped = await StateAsync("Stopped");
        var steps = Property(stopped, "run.step");
        Assert.Equal($"step {steps}", Property(stopped, "run.checkpoint"));
        Assert.True((await CommandAsync("resume")).Success);
        await StateAsync("Training");
    }

    [Fact]
    public async Task ALearnerThatIsStopped_StaysSo_UntilItIsStartedAgain_AndACrashedOneIsRestarted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await StateAsync("Training");
        var commands = _app.Services.GetRequiredService<ResourceCommandService>();
        var learner = (await LearnerAsync("Running")).ResourceId;

        Assert.True(
            (await commands.ExecuteCommandAsync(learner, KnownResourceCommands.StopCommand, Cancellation)).Success);
        Assert.True(_app.Services.GetRequiredService<ServiceSupervisor>().IsStopped("learner"));
        await StateAsync("Stopped");

        Assert.True(
            (await commands.ExecuteCommandAsync(learner, KnownResourceCommands.StartCommand, Cancellation)).Success);
        await StateAsync("Training");

        var running = (await LearnerAsync("Running")).Snapshot;
        using (var process = Process.GetProcessById(
            Assert.IsType<int>(Assert.Single(running.Properties, p => p.Name == "executable.pid").Value)))
        {
            process.Kill();
        }

        // It is back, and says how often and why.
        var restarted = await _app.ResourceNotifications.WaitForResourceAsync(
            "learner", e => e.Snapshot.State?.Text == "Running"
                && e.Snapshot.Properties.Any(p => p.Name == "restarts"), Cancellation).WaitAsync(Limit, Cancellation);
        Assert.Equal(1, Property(restarted.Snapshot, "restarts"));
        Assert.StartsWith(
            "exit code ",
            Assert.IsType<string>(Property(restarted.Snapshot, "restart.reason")),
            StringComparison.Ordinal);
        await StateAsync("Training");
    }

    private Task<ResourceEvent> LearnerAsync(string state) =>
        _app.ResourceNotifications.WaitForResourceAsync("learner", e => e.Snapshot.State?.Text == state, Cancellation)
            .WaitAsync(Limit, Cancellation);

    private Task<ExecuteCommandResult> CommandAsync(string command, params (string Name, string Value)[] arguments) =>
        _app.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(
            "training",
            command,
            new InteractionInputCollection(
                [.. arguments.Select(
                    a => new InteractionInput { Name = a.Name, InputType = InputType.Text, Value = a.Value })]),
            Cancellation).WaitAsync(Limit, Cancellation);

    private async Task<CustomResourceSnapshot> StateAsync(string state) => (await _app.ResourceNotifications
        .WaitForResourceAsync(
            "training", e => e.Snapshot.State?.Text.StartsWith(state, StringComparison.Ordinal) == true, Cancellation)
        .WaitAsync(Limit, Cancellation)).Snapshot;

    private static object? Property(CustomResourceSnapshot snapshot, string name) =>
        Assert.Single(snapshot.Properties, p => p.Name == name).Value;
}
