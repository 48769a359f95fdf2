using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Tests.Sessions;

/// <summary>When a run's episodes are filmed, by a recorder that only writes down what it is asked for.</summary>
public sealed class EpisodeFilmingTests : IDisposable
{
    /// <summary>Of the evaluations of runs with seed 4.</summary>
    private static readonly ulong Seed = new SeedStreams(4).Evaluation;

    private static readonly LocalLaneSource Lanes = new(BuiltInEnvironments.Registry);

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-filming-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task MilestonesAndTheEnd_AreFilmed_TheEndAsTheBestOfTheEvaluation()
    {
        var recorder = new Recorder();
        using var session = Create(recorder, "Run:RecordEvery=100", "Run:FinalEvaluationEpisodes=6");

        await session.TrainAsync();

        Assert.Equal(RunState.Unsolved, session.Progress.State);
        // Six milestones at most, and the end.
        Assert.InRange(recorder.Asked.Count, 2, 7);
        var milestones = recorder.Asked[..^1];
        Assert.All(milestones, asked => Assert.Equal((3, Seed), (asked.Protocol.Episodes, asked.Protocol.Seed)));
        Assert.Equal(milestones.Select(asked => asked.Steps / 100).Distinct(), milestones.Select(a => a.Steps / 100));
        var (steps, protocol) = recorder.Asked[^1];
        Assert.Equal((600L, 1, 5000), (steps, protocol.Episodes, protocol.MaxSteps));
        Assert.Equal(session.Evaluation!.Best!.Seed, protocol.Seed);
    }

    [Fact]
    public async Task WithoutAnEvaluation_TheBestOfSeveralIsFilmed_OfTheLengthAskedFor()
    {
        var recorder = new Recorder();
        using var session = Create(
            recorder, "Run:FinalEvaluationEpisodes=0", "Run:RecordBestOf=8", "Run:RecordMaxSteps=99");

        await session.TrainAsync();

        var (steps, protocol) = Assert.Single(recorder.Asked);
        Assert.Equal((600L, 8, Seed, 99), (steps, protocol.Episodes, protocol.Seed, protocol.MaxSteps));
    }

    [Fact]
    public async Task AnEvaluationsBest_ThatIsLongerThanARecording_IsNotTakenForTheBest()
    {
        var recorder = new Recorder();
        using var session = Create(recorder, "Run:FinalEvaluationEpisodes=4", "Run:RecordMaxSteps=2");

        await session.TrainAsync();

        Assert.Equal(3, Assert.Single(recorder.Asked).Protocol.Episodes);
    }

    [Fact]
    public async Task ARecordingThatFails_IsANotice_AndTheRunEndsAsItWould()
    {
        var notices = new List<string>();
        var recorder = new Recorder { Problem = new IOException("There is no space left.") };
        using var session = Create(recorder, notices, "Run:RecordEvery=100", "Run:FinalEvaluationEpisodes=2");

        await session.TrainAsync();

        Assert.Equal((RunState.Unsolved, ""), (session.Progress.State, session.Error));
        Assert.Equal(
            recorder.Asked.Count,
            notices.Count(notice => notice == "An episode could not be recorded: There is no space left."));
    }

    [Theory]
    [InlineData("Run:RecordBestOf=0")]
    [InlineData("Run:GoalReturn=0", "Run:RecordBestOf=0", "Run:RecordEvery=10")]
    public async Task NothingIsFilmed_WhereNothingIsAskedFor(params string[] changes)
    {
        var recorder = new Recorder();
        using var session = Create(recorder, changes);

        await session.TrainAsync();

        Assert.Empty(recorder.Asked);
    }

    [Fact]
    public async Task ARunThatIsStopped_EndsWhatIsBeingFilmed()
    {
        var recorder = new Recorder { IsEndless = true };
        using var session = Create(recorder, "Run:RecordEvery=10", "Run:MaxSteps=0");
        recorder.Begun = () => session.RequestStop();

        await session.TrainAsync();

        Assert.Equal(RunState.Stopped, session.Progress.State);
        Assert.Single(recorder.Asked);
    }

    private RunSession Create(Recorder recorder, params string[] changes) => Create(recorder, [], changes);

    private RunSession Create(Recorder recorder, List<string> notices, params string[] changes)
    {
        string[] all = ["Run:Seed=4", "Run:MaxSteps=600", "Run:GoalReturn=501", "Replay:PrefillSteps=200", .. changes];
        var settings = PresetCatalog.BuiltIn.Resolve("cartpole-dense", all.Select(SettingsEditor.Parse));
        var context = new SessionContext(Lanes, new LocalReplaySource(_folder), ManagedBackend.Shared)
        {
            Evaluator = new LocalEvaluator(Lanes, ManagedBackend.Shared),
            Recorder = recorder,
            CreateObservers = _ => [new Notices(notices)],
        };
        return RunSession.CreateIn(_folder, settings, context);
    }

    private sealed class Recorder : IEpisodeRecorder
    {
        public List<(long Steps, EvaluationProtocol Protocol)> Asked { get; } = [];

        public Exception? Problem { get; init; }

        public bool IsEndless { get; init; }

        public Action Begun { get; set; } = () => { };

        public async Task<RecordedFilm?> RecordAsync(
            RunSession session, PublishedParameters parameters, EvaluationProtocol protocol,
            CancellationToken cancellationToken)
        {
            Asked.Add((parameters.Steps, protocol));
            Begun();
            if (IsEndless)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Problem is null ? null : throw Problem;
        }
    }

    private sealed class Notices(List<string> notices) : SessionObserver
    {
        public override void OnNotice(string text, bool isOver) => notices.Add(text);
    }
}
