using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Tests;

public sealed class DeepQLearningTests
{
    [Fact]
    public async Task SameSeed_GivesTheSameWeights_AndAnotherSeedOthers()
    {
        var first = await Train(("Run:Seed", "3"), ("Run:MaxEpisodes", "5"));
        var second = await Train(("Run:Seed", "3"), ("Run:MaxEpisodes", "5"));
        var other = await Train(("Run:Seed", "4"), ("Run:MaxEpisodes", "5"));

        Assert.Equal(RunState.Unsolved, first.Last.State);
        Assert.Equal(first.LastParameters, second.LastParameters);
        Assert.NotEqual(first.LastParameters, other.LastParameters);
    }

    [Fact]
    public async Task Epsilon_DecaysWithEpisodes_AsPublished()
    {
        var run = await Train(("Run:MaxEpisodes", "4"));

        Assert.Equal(
            [1.0, .. Enumerable.Range(1, 3).Select(n => 0.01 + (0.99 * Math.Exp(-n * 10.0 / 400)))],
            run.Records.Select(r => r.Epsilon!.Value));
    }

    [Fact]
    public async Task EveryStep_IsOneTrainingCall()
    {
        var run = await Train(("Run:MaxEpisodes", "3"));

        Assert.Equal(run.Records.Sum(r => r.Length!.Value), run.Last.Steps);
        Assert.Equal(run.Last.Steps, run.Last.Updates);
        Assert.All(run.Records, r => Assert.True(r.Loss > 0));
    }

    [Fact]
    public async Task StepLimit_EndsTheRunThere()
    {
        var run = await Train(("Run:MaxSteps", "37"));

        Assert.Equal(37, run.Last.Steps);
        Assert.Equal(RunState.Unsolved, run.Last.State);
    }

    [Fact]
    public async Task CartPole_ImprovesManyTimesOver()
    {
        // A low goal, so that the test takes seconds: a random policy lasts about 22 steps.
        var run = await Train(("Run:GoalReturn", "150"), ("Run:MaxEpisodes", "200"));

        Assert.Equal(RunState.Solved, run.Last.State);
        Assert.True(run.Last.ValidationReturn > 150);
    }

    [Fact]
    public async Task EnvironmentWithoutVectors_IsRefusedByName()
    {
        var error = await Assert.ThrowsAsync<SettingException>(() => Train(("Environment:Id", "FrozenLake-v1")));

        Assert.Contains("Environment:Id=FrozenLake-v1", error.Message, StringComparison.Ordinal);
    }

    private static async Task<RecordingObserver> Train(params (string Name, string Value)[] changes)
    {
        var settings = (DqnSettings)PresetCatalog.BuiltIn.Resolve(
            "cartpole-dense", changes.Select(c => KeyValuePair.Create(c.Name, c.Value)));
        var observer = new RecordingObserver();
        await TrainingLoop.TrainAsync(
            settings, LocalRun.Context("test", observer), TestContext.Current.CancellationToken);
        return observer;
    }
}
