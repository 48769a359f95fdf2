using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Agents.Tests;

/// <summary>
/// Training in lockstep gives the same weights whatever the number of threads. Networks and batches are large enough to
/// be shared out.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ThreadsTests
{
    private static readonly string[] Dense =
    [
        "Run:MaxSteps=90", "Environment:Lanes=3", "Replay:PrefillSteps=130", "Network:HiddenUnits=256",
        "Agent:Loss=Huber", "Agent:Rule=None",
    ];

    private static readonly string[] Pictures =
    [
        "Run:MaxSteps=72", "Environment:Id=BricksNoFrameskip-v4", "Environment:Options:max_num_frames_per_episode=60",
        "Environment:Lanes=4",
        "Network:Kind=Nips", "Replay:Capacity=500", "Replay:StartSize=40",
    ];

    private static readonly string[] Pqn =
    [
        "Run:MaxSteps=96", "Environment:Options:max_num_frames_per_episode=40", "Environment:Lanes=4",
        "Agent:RolloutSteps=8", "Agent:MiniBatches=2",
    ];

    [Theory]
    [InlineData]
    [InlineData("Network:Dueling=true", "Network:NoiseScale=0.5", "Network:Returns=Categorical")]
    public async Task Dqn_OnVectors(params string[] changes) =>
        await SameWithAnyThreads("cartpole-dense", [.. Dense, .. changes]);

    [Fact]
    public async Task Dqn_OnPictures() => await SameWithAnyThreads("nature", Pictures);

    [Fact]
    public async Task Pqn_OnPictures() => await SameWithAnyThreads("volley", Pqn);

    private static async Task SameWithAnyThreads(string preset, string[] changes)
    {
        var alone = await Train(preset, changes, networkThreads: 1, laneThreads: 1);
        Assert.True(alone.Last.Updates > 0);
        Assert.NotEmpty(alone.Records);
        foreach (var (networkThreads, laneThreads) in new[] { (2, 2), (3, 1) })
        {
            var shared = await Train(preset, changes, networkThreads, laneThreads);

            Assert.Equal(alone.LastParameters, shared.LastParameters);
            Assert.Equal(
                alone.Records.Select(r => (r.Steps, r.Return, r.Loss)),
                shared.Records.Select(r => (r.Steps, r.Return, r.Loss)));
        }
    }

    private static async Task<RecordingObserver> Train(
        string preset, string[] changes, int networkThreads, int laneThreads)
    {
        using var backend = new ManagedBackend(networkThreads);
        var observer = new RecordingObserver();
        var context =
            LocalRun.Context(
                "run", observer) with
            {
                Lanes = new LocalLaneSource(BuiltInEnvironments.Registry, laneThreads),
                Backend = backend
            };
        await TrainingLoop.TrainAsync(
            PresetCatalog.BuiltIn.Resolve(preset, changes.Select(SettingsEditor.Parse)), context,
            TestContext.Current.CancellationToken);
        return observer;
    }
}
