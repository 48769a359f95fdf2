using DqnAspire.Contracts.Learner.V1;

namespace DqnAspire.Services.Tests;

public sealed class LostServiceTests
{
    [Fact]
    public async Task WhenEnvServiceGoesAway_TheRunFailsInOneLine_AndItsFilesAreWhole()
    {
        await using var system = new TestSystem();
        await system.InitializeAsync();
        var cancellation = TestContext.Current.CancellationToken;
        var run = await system.Learner.StartAsync(
            new StartRequest { Preset = "cartpole-dense", Settings = { { "Run:GoalReturn", "501" } } }, cancellationToken: cancellation);
        using var watch = system.Learner.Watch(new WatchRequest { RunId = run.RunId, PeriodSeconds = 0.02 }, cancellationToken: cancellation);
        Progress? last = null;
        var gone = Task.CompletedTask;
        while (await watch.ResponseStream.MoveNext(cancellation))
        {
            last = watch.ResponseStream.Current;
            if (last.Steps > 0 && gone == Task.CompletedTask)
            {
                gone = system.StopEnvAsync();
            }
        }

        await gone;
        Assert.Equal(RunState.Failed, last!.State);
        Assert.StartsWith("EnvService", last.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', last.Error);
        Assert.Contains("\"failed\"", await File.ReadAllTextAsync(Path.Combine(last.RunDirectory, "run.json"), cancellation), StringComparison.Ordinal);
    }
}
