using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;
using RunState = DqnAspire.Contracts.Learner.V1.RunState;

namespace DqnAspire.Services.Tests;

/// <summary>
/// Parallelised Q-learning through the services ends with the weights of a run in a single process, bit for bit.
/// </summary>
public sealed class PqnTests(TestSystem system) : IClassFixture<TestSystem>
{
    private static readonly string[] Vectors =
        ["Run:MaxSteps=8000", "Run:Seed=9", "Environment:Id=CartPole-v1", "Environment:Lanes=8",
            "Agent:RolloutSteps=16", "Network:HiddenUnits=64"];

    private static readonly string[] Pictures =
    [
        "Run:MaxSteps=120", "Run:Seed=9", "Environment:Lanes=3", "Environment:Options:max_num_frames_per_episode=60",
        "Agent:RolloutSteps=8", "Agent:MiniBatches=2",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lunarlander")]
    [InlineData("volley")]
    public async Task ARunThroughTheServices_EndsWithTheWeightsOfOneInASingleProcess(string preset)
    {
        var local = await TrainHereAsync(preset);

        var progress = await system.TrainAsync(preset, Changes(preset));

        Assert.Equal(("", RunState.Unsolved), (progress.Error, progress.State));
        await AssertSameAsync(local, progress);
    }

    [Fact]
    public async Task ARunThatIsStoppedAndGoneOnWith_EndsWithThemToo()
    {
        var local = await TrainHereAsync("lunarlander");
        var run = await system.StartAsync("lunarlander", Changes("lunarlander"));
        // One of its first rollouts: it has a long way to go when it is stopped.
        var early = await system.Learner.CheckpointAsync(
            new CheckpointRequest { RunId = run }, cancellationToken: Cancellation);
        var stopped = (
            await system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation)).Progress;
        await system.RestartEnvAsync();
        await system.Learner.StartAsync(new StartRequest { ResumeRunId = run }, cancellationToken: Cancellation);
        var last = await TestSystem.EndAsync(system.Learner, run);

        Assert.Equal(RunState.Stopped, stopped.State);
        Assert.InRange(stopped.Steps, early.Steps, local.Steps - 1);
        Assert.Equal(("", RunState.Unsolved), (last.Error, last.State));
        await AssertSameAsync(local, last);
    }

    private static (string Name, string Value)[] Changes(string preset) =>
        [.. (preset == "volley" ? Pictures : Vectors).Select(SettingsEditor.Parse).Select(
            change => (change.Key, change.Value))];

    private static async Task<LastParameters> TrainHereAsync(string preset)
    {
        var parameters = new LastParameters();
        var context = new TrainingContext(
            "local",
            new LocalLaneSource(BuiltInEnvironments.Registry),
            new LocalReplaySource(),
            parameters)
        { Backend = ManagedBackend.Shared };
        await TrainingLoop.TrainAsync(
            PresetCatalog.BuiltIn.Resolve(preset, Changes(preset).Select(c => KeyValuePair.Create(c.Name, c.Value))),
            context,
            Cancellation);
        Assert.NotEmpty(parameters.Records);
        return parameters;
    }

    private async Task AssertSameAsync(LastParameters local, Progress progress)
    {
        Assert.Equal((local.Steps, local.Records.Count), (progress.Steps, progress.Episodes));
        Assert.Equal(local.File, (await system.ParametersAsync(progress.RunId, ParameterSelection.Latest)).File);
    }
}
