using DqnAspire.Contracts.Learner.V1;

namespace DqnAspire.Services.Tests;

public sealed class LostServiceTests
{
    [Fact]
    public async Task WhenEnvServiceStaysAway_TheRunFailsInOneLine_AndItsFilesAreWhole()
    {
        await using var system = new ImpatientSystem();
        await system.InitializeAsync();

        var last = await TrainAsync(system, p => p.Steps > 0, system.StopEnvAsync, ("Run:GoalReturn", "501"));

        Assert.Equal(RunState.Failed, last.State);
        Assert.StartsWith("EnvService", last.Error, StringComparison.Ordinal);
        Assert.EndsWith("It was not back within 0.3 s.", last.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', last.Error);
        Assert.Contains(
            "\"failed\"", await File.ReadAllTextAsync(
                Path.Combine(last.RunDirectory, "run.json"),
                TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100", "continues from the checkpoint of step ")]
    [InlineData("0", "continues from its start")]
    public async Task WhenEnvServiceComesBack_TheRunGoesOn_AndSaysFromWhere(string checkpointPeriod, string told)
    {
        await using var system = new TestSystem();
        await system.InitializeAsync();

        var notices = new List<string>();
        var last = await TrainAsync(
            system,
            p =>
            {
                notices.Add(p.Notice);
                return p.Steps > 150;
            },
            system.RestartEnvAsync,
            ("Run:GoalReturn", "501"), ("Run:MaxSteps", "2000"), ("Run:CheckpointPeriod", checkpointPeriod), (
                "Replay:PrefillSteps", "200"));

        Assert.Equal("", last.Error);
        Assert.Equal(RunState.Unsolved, last.State);
        Assert.Equal(2000, last.Steps);
        // In words, and without the transport's.
        Assert.StartsWith("EnvService was lost and is back. The run ", last.Notice, StringComparison.Ordinal);
        Assert.Contains(told, last.Notice, StringComparison.Ordinal);
        Assert.All(notices, notice => Assert.DoesNotContain("Exception", notice, StringComparison.Ordinal));
    }

    /// <summary>Follows a run to its end; when something is seen of it, something is done to it.</summary>
    private static async Task<Progress> TrainAsync(
        TestSystem system, Func<Progress, bool> when, Func<Task> disturb, params (string Name, string Value)[] settings)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new StartRequest { Preset = "cartpole-dense" };
        foreach (var (name, value) in settings)
        {
            start.Settings.Add(name, value);
        }

        var run = await system.Learner.StartAsync(start, cancellationToken: cancellation);
        using var watch = system.Learner.Watch(
            new WatchRequest { RunId = run.RunId, PeriodSeconds = 0.02 }, cancellationToken: cancellation);
        Progress? last = null;
        Task? disturbed = null;
        while (await watch.ResponseStream.MoveNext(cancellation))
        {
            last = watch.ResponseStream.Current;
            var due = when(last);
            disturbed ??= due ? disturb() : null;
        }

        await (disturbed ?? throw new InvalidOperationException("The run ended undisturbed."));
        return last!;
    }
}
