using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks;
using DqnAspire.Samples.NetworkBackend;

namespace DqnAspire.Agents.Tests;

/// <summary>Algorithms know no backend: a run learns the same on the sample's.</summary>
[Trait("Category", "Slow")]
public sealed class OtherBackendTests
{
    [Theory]
    [InlineData("Run:MaxEpisodes=12", "Agent:DoubleQ=true")]
    [InlineData("Run:MaxEpisodes=12", "Agent:Loss=Huber", "Agent:Rule=None")]
    public async Task ARun_LearnsTheSame(params string[] changes)
    {
        var (managed, scalar) =
            (await Train(ManagedBackend.Shared, changes), await Train(new ScalarBackend(), changes));

        Assert.Equal(managed.Records.Count, scalar.Records.Count);
        Assert.Contains(managed.Records, record => record.Loss is not null);
        foreach (var (expected, actual) in managed.Records.Zip(scalar.Records))
        {
            Assert.Equal((expected.Steps, expected.Return), (actual.Steps, actual.Return));
            Assert.Equal(expected.Loss ?? 0, actual.Loss ?? 0, 1e-3 * Math.Max(1, expected.Loss ?? 0));
        }
    }

    private static async Task<RecordingObserver> Train(INetworkBackend backend, string[] changes)
    {
        var observer = new RecordingObserver();
        var context = LocalRun.Context("run", observer) with { Backend = backend };
        var settings = PresetCatalog.BuiltIn.Resolve("cartpole-dense", changes.Select(SettingsEditor.Parse));
        await TrainingLoop.TrainAsync(settings, context, TestContext.Current.CancellationToken);
        return observer;
    }
}
