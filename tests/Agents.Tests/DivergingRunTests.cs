using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Tests;

/// <summary>A run whose loss grows beyond all numbers ends there, and says where.</summary>
public sealed class DivergingRunTests
{
    /// <summary>An average that never moves from zero: what is divided by it is divided by epsilon, 1e-8.</summary>
    private static readonly string[] Absurd =
        ["Optimizer:Kind=RmsProp", "Optimizer:LearningRate=1", "Optimizer:Smoothing=1", "Optimizer:DecayUpdates=0",
            "Optimizer:Clipping=None"];

    [Theory]
    [InlineData("cartpole-dense", "Replay:PrefillSteps=150")]
    [InlineData("cartpole-dense", "Agent:Loss=Huber", "Agent:Rule=None", "Network:Returns=Quantile",
        "Replay:PrefillSteps=150")]
    [InlineData("cartpole-dense", "Agent:Loss=Huber", "Agent:Rule=None", "Agent:Concurrent=true",
        "Validation:EveryEpisodes=0", "Replay:PrefillSteps=0")]
    [InlineData("lunarlander", "Environment:Lanes=8", "Agent:RolloutSteps=16")]
    public async Task AnAbsurdStepSize_EndsTheRun_AndNamesWhatIsNotFinite(string preset, params string[] changes)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(
            preset, Absurd.Concat(changes).Append("Run:MaxSteps=2000").Select(SettingsEditor.Parse));

        var error = await Assert.ThrowsAsync<DivergedException>(
            () => TrainingLoop.TrainAsync(
                settings, LocalRun.Context("run", new RecordingObserver()), TestContext.Current.CancellationToken));

        TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
        Assert.True(error.Step > 1);
        Assert.Matches("^(the loss|the targets|layer .+)$", error.Layer);
        Assert.Contains(
            $"at gradient step {error.Step}, first in {error.Layer}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
