using DqnAspire.Agents.Algorithms;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Plugins;

namespace DqnAspire.Agents.Tests.Algorithms;

/// <summary>An algorithm outside of the tree: the sample, loaded from its assembly's file.</summary>
public sealed class AlgorithmPluginTests
{
    private static readonly string Sample =
        Path.Combine(AppContext.BaseDirectory, "plugins", "ExpectedSarsaAlgorithm.dll");

    private static PresetCatalog Catalog { get; } = AlgorithmPlugins.Load(PresetCatalog.BuiltIn, Sample);

    [Fact]
    public async Task TheSample_LearnsFrozenLake()
    {
        var observer = new RecordingObserver();

        var state = await Train(observer);

        Assert.Equal(RunState.Solved, state);
        Assert.True(observer.Last.ValidationReturn > 0.65);
        Assert.Contains(observer.Last.Numbers, pair => pair.Key.Name == "mean_td_error" && pair.Value > 0);
        Assert.All(observer.Records, record =>
            Assert.Contains(record.Numbers, pair => pair.Key.Name == "mean_td_error"));
    }

    [Fact]
    public async Task TheSample_ResumesExactly()
    {
        var whole = new RecordingObserver();
        await Train(whole, null, "Run:MaxSteps=20000", "Run:CheckpointPeriod=8000");
        var rest = new RecordingObserver();

        await Train(rest, whole.Checkpoints[0], "Run:MaxSteps=20000", "Run:CheckpointPeriod=8000");

        Assert.Equal(2, whole.Checkpoints.Count);
        Assert.Equal(whole.LastParameters, rest.LastParameters);
        Assert.Equal(
            whole.Last.Numbers[TrainingNumbers.MeanReturn100], rest.Last.Numbers[TrainingNumbers.MeanReturn100]);
    }

    [Fact]
    public void ItsPresetAndSettings_AreListedLikeOthers()
    {
        var settings = Catalog.Resolve("frozenlake-sarsa", [new("Agent:LearningRate", "0.25")]);

        Assert.Equal("expected-sarsa", settings.Algorithm.Name);
        var rate = Assert.Single(SettingsEditor.List(settings), s => s.Name == "Agent:LearningRate");
        Assert.Equal(("0.25", "a number above 0 to 1"), (rate.Value, rate.Range));
        Assert.Contains(Catalog.All, preset => preset.Name == "nature");
    }

    [Fact]
    public void AnAlgorithmThatIsThereAlready_IsRefused()
    {
        var error = Assert.Throws<PluginException>(() => AlgorithmPlugins.Load(Catalog, Sample));

        Assert.Contains("'expected-sarsa'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.dll", "There is no assembly")]
    [InlineData("DqnAspire.Agents.Tests.runtimeconfig.json", "is not a .NET assembly")]
    [InlineData("DqnAspire.Replay.dll", "is an IAlgorithmProvider")]
    public void AnAssemblyWithoutAlgorithms_IsRefused_InOneLine(string file, string problem)
    {
        var error = Assert.Throws<PluginException>(
            () => AlgorithmPlugins.Load(PresetCatalog.BuiltIn, Path.Combine(AppContext.BaseDirectory, file)));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static Task<RunState> Train(ITrainingObserver observer, Checkpoint? from = null, params string[] changes) =>
        TrainingLoop.TrainAsync(
            Catalog.Resolve("frozenlake-sarsa", changes.Select(SettingsEditor.Parse)),
            LocalRun.Context("sample", observer) with { ResumeFrom = from },
            TestContext.Current.CancellationToken);
}
