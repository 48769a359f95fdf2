using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Local;

namespace DqnAspire.Agents.Tests;

/// <summary>
/// A run that is resumed from a checkpoint ends with the weights of one that was never stopped, bit for bit.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ResumeTests
{
    private static readonly string[] SmallPqn =
    [
        "Run:MaxSteps=1300", "Run:CheckpointPeriod=256", "Environment:Lanes=8", "Network:HiddenUnits=64",
        "Agent:RolloutSteps=16", "Agent:MiniBatches=4", "Agent:Epochs=2",
    ];

    private static readonly string[] SmallVolley =
    [
        "Run:MaxSteps=160", "Run:CheckpointPeriod=40", "Environment:Lanes=4",
        "Environment:Options:max_num_frames_per_episode=60",
        "Agent:RolloutSteps=5", "Agent:MiniBatches=2",
    ];

    private static readonly string[] CartPole =
        ["Run:MaxSteps=700", "Run:CheckpointPeriod=150", "Replay:Capacity=300", "Replay:PrefillSteps=300"];

    [Theory]
    [InlineData()]
    [InlineData("Replay:Sampling=Prioritized", "Agent:Loss=Huber", "Agent:Rule=None", "Agent:ReturnSteps=3",
        "Agent:DoubleQ=true")]
    [InlineData("Agent:Loss=Huber", "Agent:Rule=None", "Network:Dueling=true", "Network:NoiseScale=0.5",
        "Network:Returns=Categorical", "Environment:Lanes=3")]
    [InlineData("Agent:Loss=Huber", "Agent:Rule=None", "Network:Returns=Quantile", "Replay:Sampling=WithReplacement",
        "Network:Stack=3")]
    [InlineData("Agent:Loss=Huber", "Agent:Rule=None", "Agent:Concurrent=true", "Validation:EveryEpisodes=0",
        "Replay:PrefillSteps=0", "Replay:StartSize=200")]
    public async Task Dqn_GoesOnExactly(params string[] changes)
    {
        var settings =
            PresetCatalog.BuiltIn.Resolve("cartpole-dense", CartPole.Concat(changes).Select(SettingsEditor.Parse));

        await GoesOnExactly(settings);
    }

    [Theory]
    [InlineData("Environment:Id=CartPole-v1", "Network:Stack=2")]
    [InlineData("Agent:Lambda=0", "Network:Dueling=true", "Optimizer:Kind=Adam")]
    public async Task Pqn_GoesOnExactly(params string[] changes)
    {
        var settings =
            PresetCatalog.BuiltIn.Resolve("lunarlander", SmallPqn.Concat(changes).Select(SettingsEditor.Parse));

        await GoesOnExactly(settings);
    }

    /// <summary>Episodes are cut short, so that some end truncated and begin anew in the test.</summary>
    [Fact]
    public async Task Pqn_GoesOnExactly_OnPictures()
    {
        var settings = PresetCatalog.BuiltIn.Resolve("volley", SmallVolley.Select(SettingsEditor.Parse));

        await GoesOnExactly(settings);
    }

    [Theory]
    [InlineData("cartpole-dense", "Replay:Sampling=Prioritized", "Agent:Loss=Huber", "Agent:Rule=None",
        "Environment:Lanes=2")]
    [InlineData("lunarlander", "Environment:Id=CartPole-v1")]
    public async Task StoppedAgainAndAgain_ARunEndsAsOneThatWasNot(string preset, params string[] changes)
    {
        var small = preset == "lunarlander" ? SmallPqn : CartPole;
        // Checkpoints on the way are other places than those where the run is stopped.
        var settings = PresetCatalog.BuiltIn.Resolve(
            preset, small.Concat(changes).Append("Run:CheckpointPeriod=400").Select(SettingsEditor.Parse));
        var whole = new RecordingObserver();
        await Train(settings, whole, new LocalReplaySource(), null);
        Assert.InRange(whole.Records.Count, 8, 100);

        var replay = new LocalReplaySource();
        var (state, stops, records) = (RunState.Training, 0, new List<LogRecord>());
        RecordingObserver part;
        Checkpoint? from = null;
        do
        {
            var control = new TrainingControl();
            var left = 3;
            part = new RecordingObserver
            {
                Recorded = _ =>
                {
                    if (--left == 0)
                    {
                        control.RequestStop();
                    }
                },
            };
            state = await Train(settings, part, replay, from, control);
            stops += state == RunState.Stopped ? 1 : 0;
            from = part.Checkpoints.LastOrDefault();
            records.AddRange(part.Records);
        }
        while (state == RunState.Stopped);

        Assert.InRange(stops, 2, 30);
        Assert.Equal(whole.LastParameters, part.LastParameters);
        Assert.Equal(Timeless(whole.Last), Timeless(part.Last));
        Assert.Equal(whole.Records.Select(Comparable), records.Select(Comparable));
    }

    [Theory]
    [InlineData("cartpole-dense", "Network:HiddenUnits=16", "dense 4-32-32-2", "dense 4-16-16-2")]
    [InlineData("cartpole-dense", "Environment:Id=LunarLander-v3", "CartPole-v1", "LunarLander-v3")]
    [InlineData("lunarlander", "Network:Dueling=true", "dense 8-64-64-4", "dueling")]
    [InlineData("lunarlander", "Environment:Id=CartPole-v1", "LunarLander-v3", "CartPole-v1")]
    public async Task ACheckpointOfSomethingElse_IsRefused_NamingBoth(
        string preset, string change, string was, string becomes)
    {
        var small = preset == "lunarlander" ? SmallPqn : CartPole;
        var replay = new LocalReplaySource();
        var settings = PresetCatalog.BuiltIn.Resolve(preset, small.Select(SettingsEditor.Parse));
        var whole = new RecordingObserver();
        await Train(settings, whole, replay, null);
        var checkpoint = whole.Checkpoints[^1];

        var error = await Assert.ThrowsAsync<InvalidDataException>(() =>
            Train(PresetCatalog.BuiltIn.Resolve(preset, small.Append(change).Select(SettingsEditor.Parse)),
                new RecordingObserver(), replay, checkpoint));

        Assert.Contains(was, error.Message, StringComparison.Ordinal);
        Assert.Contains(becomes, error.Message, StringComparison.Ordinal);
        // Nothing was changed by the attempt.
        var rest = new RecordingObserver();
        await Train(settings, rest, replay, checkpoint);
        Assert.Equal(whole.LastParameters, rest.LastParameters);
    }

    private static async Task GoesOnExactly(TrainingSettings settings)
    {
        var whole = new RecordingObserver();
        var replay = new LocalReplaySource();
        await Train(settings, whole, replay, null);

        Assert.InRange(whole.Checkpoints.Count, 3, 5);
        Assert.NotEmpty(whole.Records);
        // The newest three are kept: going back to the oldest of them first would drop the others.
        foreach (var checkpoint in whole.Checkpoints.TakeLast(RunSection.CheckpointsKept).Reverse())
        {
            var rest = new RecordingObserver();
            await Train(settings, rest, replay, checkpoint);

            Assert.Equal(whole.LastParameters, rest.LastParameters);
            Assert.Equal(Timeless(whole.Last), Timeless(rest.Last));
            Assert.Equal(
                whole.Records.Where(r => r.Steps > checkpoint.State.Statistics.Steps)
                    .Select(Comparable), rest.Records.Select(Comparable));
        }
    }

    private static string Comparable(LogRecord record) =>
        $"{record.Index} {record.Steps} {record.Return} {record.Length} {record.Loss} {record.ValidationReturn} "
        + $"{record.Epsilon} {string.Join(',', record.ActionCounts!)}";

    private static TrainingProgress Timeless(TrainingProgress progress) =>
        progress with { Elapsed = TimeSpan.Zero, StepsPerSecond = 0, UpdatesPerSecond = 0 };

    private static Task<RunState> Train(
        TrainingSettings settings, ITrainingObserver observer, IReplaySource replay, Checkpoint? from,
        TrainingControl? control = null) =>
        TrainingLoop.TrainAsync(
            settings,
            LocalRun.Context(
                "run", observer) with
            {
                Replay = replay,
                ResumeFrom = from,
                Control = control
                ?? new TrainingControl()
            },
            TestContext.Current.CancellationToken);
}
