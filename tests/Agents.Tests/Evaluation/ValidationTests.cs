using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;

namespace DqnAspire.Agents.Tests.Evaluation;

/// <summary>Validation plays what the evaluation after training plays.</summary>
public sealed class ValidationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nature")]
    [InlineData("rainbow")]
    public async Task WhereTrainingEndsEpisodesWithLives_ValidationPlaysWholeGames(string preset)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(preset, new[]
        {
            "Environment:Id=BricksNoFrameskip-v4", "Environment:Options:max_num_frames_per_episode=2000",
            "Run:MaxEpisodes=1", "Run:GoalReturn=1000", "Validation:EveryEpisodes=1", "Replay:Capacity=2000",
            "Replay:StartSize=1500",
        }.Select(SettingsEditor.Parse));
        var observer = new RecordingObserver();
        var lanes = new RecordingLanes(new LocalLaneSource(BuiltInEnvironments.Registry));
        var context = new TrainingContext("v", lanes, new LocalReplaySource(), observer)
        {
            Backend = ManagedBackend.Shared,
        };

        await TrainingLoop.TrainAsync(settings, context, Cancellation);

        Assert.Equal(["", "false"], lanes.Opened.Select(o => o.GetValueOrDefault("training", "")));
        var validation = Assert.Single(observer.Records).ValidationReturn!.Value;
        // A game's score, not the sum of the signs of its rewards, and of all five lives: nobody plays them in a step.
        var played = await WholeGameAsync(observer.Policy!, settings, lanes.Opened[1]);
        Assert.Equal(played, validation);
    }

    [Theory]
    [InlineData("cartpole")]
    [InlineData("frozenlake-tabular")]
    public async Task WhereNothingIsForTrainingOnly_ValidationPlaysAsBefore(string preset)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(preset, [new("Run:MaxSteps", "64")]);
        var lanes = new RecordingLanes(new LocalLaneSource(BuiltInEnvironments.Registry));
        var context = new TrainingContext("v", lanes, new LocalReplaySource(), new RecordingObserver())
        {
            Backend = ManagedBackend.Shared,
        };

        await TrainingLoop.TrainAsync(settings, context, Cancellation);

        Assert.Equal(2, lanes.Opened.Count);
        Assert.Equal(lanes.Opened[0], lanes.Opened[1]);
    }

    /// <summary>Plays the untrained policy's first game, with lives as the game has them.</summary>
    private static async Task<double> WholeGameAsync(
        IPolicy policy, TrainingSettings settings, IReadOnlyDictionary<string, string> options)
    {
        var seed = new SeedStreams(settings.Run.Seed).ValidationEnvironment;
        await using var lane = await new LocalLaneSource(BuiltInEnvironments.Registry).OpenAsync(
            settings.Environment.Id, options, 1, seed, autoReset: false, Cancellation);
        await lane.ResetAsync(0, seed: null, Cancellation);
        var history = new FrameHistory(1, policy.ObservationBytes, policy.Stack, policy.StackPadding);
        history.Begin(0, lane.Observations.Span);
        var (sum, action) = (0.0, new int[1]);
        do
        {
            policy.ActGreedily(history.States.Span, action);
            await lane.StepAsync(action, Cancellation);
            history.Add(0, lane.NextObservations.Span);
            sum += lane.Rewards.Span[0];
        }
        while (!lane.Flags.Span[0].EndsEpisode());

        Assert.True(lane.Flags.Span[0].HasFlag(StepFlags.Truncated) || lane.Lives.Span[0] == 0);
        return sum;
    }

    private sealed class RecordingLanes(ILaneSource source) : ILaneSource
    {
        public List<Dictionary<string, string>> Opened { get; } = [];

        public Task<string?> FindProblemAsync(string environmentId, CancellationToken cancellationToken) =>
            source.FindProblemAsync(environmentId, cancellationToken);

        public Task<EnvironmentDescription?> DescribeAsync(
            string environmentId, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken) =>
            source.DescribeAsync(environmentId, options, cancellationToken);

        public Task<ILanes> OpenAsync(
            string environmentId,
            IReadOnlyDictionary<string, string> options,
            int lanes,
            ulong seed,
            bool autoReset,
            CancellationToken cancellationToken)
        {
            Opened.Add(options.ToDictionary());
            return source.OpenAsync(environmentId, options, lanes, seed, autoReset, cancellationToken);
        }
    }
}
