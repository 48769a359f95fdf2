using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Runs.Checkpoints;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Tests;

/// <summary>A run that goes on from a checkpoint ends with the weights of one that was never stopped, bit for bit.</summary>
public sealed class ResumeTests
{
    private static readonly string[] CartPole = ["Run:MaxSteps=700", "Run:CheckpointPeriod=150", "Replay:Capacity=300", "Replay:PrefillSteps=300"];

    [Theory]
    [InlineData()]
    [InlineData("Replay:Sampling=Prioritized", "Agent:Loss=Huber", "Agent:MiniBatchSize=0", "Agent:ReturnSteps=3", "Agent:DoubleQ=true")]
    [InlineData("Agent:Loss=Huber", "Agent:MiniBatchSize=0", "Network:Dueling=true", "Network:NoiseScale=0.5", "Network:Returns=Categorical", "Environment:Lanes=3")]
    [InlineData("Agent:Loss=Huber", "Agent:MiniBatchSize=0", "Network:Returns=Quantile", "Replay:Sampling=WithReplacement", "Network:Stack=3")]
    [InlineData("Agent:Loss=Huber", "Agent:MiniBatchSize=0", "Agent:Concurrent=true", "Validation:EveryEpisodes=0", "Replay:PrefillSteps=0", "Replay:StartSize=200")]
    public async Task Dqn_GoesOnExactly(params string[] changes)
    {
        var settings = PresetCatalog.Resolve("cartpole-dense", CartPole.Concat(changes).Select(SettingsEditor.Parse));

        await GoesOnExactly(settings);
    }

    private static async Task GoesOnExactly(RunSettings settings)
    {
        var whole = new RecordingObserver();
        var replay = new LocalReplaySource();
        await Train(settings, whole, replay, null);

        Assert.InRange(whole.Checkpoints.Count, 3, 5);
        // The newest three are kept: going back to the oldest of them first would drop the others.
        foreach (var checkpoint in whole.Checkpoints.TakeLast(RunSection.CheckpointsKept).Reverse())
        {
            var rest = new RecordingObserver();
            await Train(settings, rest, replay, checkpoint);

            Assert.Equal(whole.LastParameters, rest.LastParameters);
            Assert.Equal(whole.Last.Episodes, rest.Last.Episodes);
            Assert.Equal(whole.Last.MeanReturn100, rest.Last.MeanReturn100);
            Assert.Equal(
                whole.Records.Where(r => r.Steps > checkpoint.State.Statistics.Steps).Select(Comparable), rest.Records.Select(Comparable));
        }
    }

    private static string Comparable(RunRecord record) =>
        $"{record.Index} {record.Steps} {record.Return} {record.Length} {record.Loss} {record.ValidationReturn} {record.Epsilon} {string.Join(',', record.ActionCounts!)}";

    private static Task<RunState> Train(RunSettings settings, IRunObserver observer, IReplaySource replay, Checkpoint? from) =>
        Trainers.Create(settings, LocalRun.Context("run", observer) with { Replay = replay, ResumeFrom = from })
            .TrainAsync(TestContext.Current.CancellationToken);
}
