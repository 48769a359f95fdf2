using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Agents.Tests.Training;

/// <summary>What can be known before a run's first step is refused there.</summary>
public sealed class BeforeTheFirstStepTests
{
    [Theory]
    [InlineData("cartpole", "Run:FinalEvaluationMaxFrames=100", "Run:FinalEvaluationMaxFrames=100", "CartPole-v1")]
    [InlineData("frozenlake-tabular", "Run:FinalEvaluationMaxFrames=9", "Run:FinalEvaluationMaxFrames=9", "FrozenLake")]
    [InlineData(
        "cartpole", "Network:HiddenUnits=4096 Network:HiddenLayers=16 Replay:BatchSize=65536 Replay:Capacity=100000",
        "Network:HiddenUnits=4096", "Network:HiddenLayers=16", "Replay:BatchSize=65536", " GB")]
    [InlineData(
        "nature", "Environment:Id=BricksNoFrameskip-v4 Replay:BatchSize=65536 Network:Stack=64",
        "Replay:BatchSize=65536", "Network:Stack=64", " GB")]
    [InlineData(
        "volley", "Agent:RolloutSteps=10000 Environment:Lanes=32", "Agent:RolloutSteps=10000", "Environment:Lanes=32")]
    [InlineData("cartpole", "Environment:Id=FrozenLake-v1", "FrozenLake")]
    [InlineData("cartpole", "Environment:Options:nonsense=1", "nonsense")]
    [InlineData("nature", "Environment:Id=CartPole-v1", "Run:FinalEvaluationMaxFrames=18000")]
    [InlineData("nature", "Environment:Id=BricksNoFrameskip-v4 Environment:Options:preprocessing=none",
        "Network:Kind=Nature")]
    [InlineData("frozenlake-tabular", "Environment:Id=CartPole-v1", "CartPole-v1")]
    public async Task WhatCannotBe_IsRefused_AndNothingIsMade(string preset, string changes, params string[] named)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(preset, changes.Split(' ').Select(SettingsEditor.Parse));
        var observer = new RecordingObserver();
        var context = new TrainingContext(
            "r", new LocalLaneSource(BuiltInEnvironments.Registry), new NoReplay(), observer)
        {
            Backend = ManagedBackend.Shared,
        };

        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => TrainingLoop.TrainAsync(settings, context, TestContext.Current.CancellationToken));

        Assert.All(named, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal((RunState.Starting, 0L), (observer.Last.State, observer.Last.Steps));
    }

    [Fact]
    public void NoPreset_IsTooLarge_OrOfNoUse() =>
        Assert.All(PresetCatalog.BuiltIn.All, preset => preset.CreateSettings().Validate());

    private sealed class NoReplay : IReplaySource
    {
        public Task<IReplaySession> CreateAsync(
            ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A table was asked for.");

        public Task<IReplaySession> ReopenAsync(
            ReplaySpec spec,
            EnvironmentInfo environment,
            string mark,
            ReadOnlyMemory<byte> samplerState,
            CancellationToken cancellationToken) => throw new InvalidOperationException("A table was asked for.");

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
