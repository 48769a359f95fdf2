using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Tests.Recipes;

/// <summary>When the first updates of a recipe happen, on the bundled game that stands in for its own.</summary>
[Trait("Category", "Slow")]
public sealed class FirstUpdatesTests
{
    // The store of a published capacity would take gigabytes; what is counted does not depend on it.
    [Theory]
    [InlineData("breakout-single-frame", 80, 4, "Replay:Capacity=1000")] // More than 64 stored: at 68, 72, 76, 80.
    [InlineData("breakout-cropped", 10_020, 3)] // At 10,000, 10,010, 10,020.
    [InlineData("pong-handson", 10_002, 3)] // At 10,000, 10,001, 10,002.
    [InlineData("breakout-keras", 44, 3, "Replay:Capacity=1000")] // More than 32 stored: at 36, 40, 44.
    [InlineData("nature", 50_004, 2, "Replay:Capacity=50000")] // At 50,000 and 50,004.
    [InlineData("rainbow", 20_004, 2, "Replay:Capacity=21000")] // At 20,000 and 20,004.
    public async Task Updates_BeginWhenTheRecipeSays(string preset, long steps, long updates, params string[] changes)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(
            preset, changes.Append($"Run:MaxSteps={steps}").Append("Run:CheckpointPeriod=0")
                .Select(SettingsEditor.Parse));
        var observer = new RecordingObserver();

        await TrainingLoop.TrainAsync(
            settings, LocalRun.Context("run", observer), TestContext.Current.CancellationToken);

        Assert.Equal((steps, updates), (observer.Last.Steps, observer.Last.Updates));
        Assert.Contains("is played instead of", observer.Last.Summary, StringComparison.Ordinal);
    }
}
