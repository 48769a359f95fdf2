using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Tests.Sessions;

/// <summary>Whole runs in this process, in their folders.</summary>
public sealed class RunSessionTests : IDisposable
{
    private static readonly LocalLaneSource Lanes = new(BuiltInEnvironments.Registry);

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-sessions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ARun_LeavesAWholeFolder_WithItsEvaluation()
    {
        var settings = Settings("Run:Seed=4", "Run:MaxEpisodes=4", "Run:FinalEvaluationEpisodes=6");
        using var session = RunSession.CreateIn(
            _folder, settings, Context() with { Evaluator = new LocalEvaluator(Lanes, ManagedBackend.Shared) });

        await session.TrainAsync();

        Assert.Equal((RunState.Unsolved, "", 4L), (session.Progress.State, session.Error, session.Progress.Episodes));
        var run = RecordedRun.Read(session.Folder);
        Assert.Equal((RunState.Unsolved, session.Progress.Steps), (run.File.State, run.File.Steps));
        Assert.Equal(4, run.Records.Count);
        var evaluation = Assert.IsType<RecordedEvaluation>(run.Evaluation);
        var first = new SeedStreams(4).Evaluation;
        Assert.Equal($"greedy play, 6 episodes, reset seeds {first}..{first + 5}", evaluation.Protocol);
        Assert.Equal(evaluation, session.Evaluation! with { Best = null });
        Assert.Equal(evaluation.Summary.MaxReturn, session.Evaluation.Best!.Return);
        Assert.Equal((6, 6), (session.EvaluationProgress!.Episodes, session.EvaluationProgress.Played));
        Assert.Equal(evaluation.Summary.MeanReturn, session.EvaluationProgress.MeanReturn, 1e-9);
        Assert.Equal(
            ["best", "checkpoints", "curve.svg", "evaluation.json", "metrics.jsonl", "report.md", "run.json"],
            Entries(session.Folder).Where(
                name => !name.StartsWith("events.out", StringComparison.Ordinal) && name != "replay"));
    }

    [Fact]
    public async Task WhatIsPublished_IsWhatTheFilesHold()
    {
        using var session = RunSession.CreateIn(_folder, Settings("Run:MaxEpisodes=5"), Context());

        await session.TrainAsync();

        var last = session.Parameters.Latest!;
        Assert.Equal(session.Progress.Steps, last.Steps);
        Assert.Equal(File.ReadAllBytes(Parameters(session.Folder, last.Steps)), last.File.ToArray());
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(session.Folder, "best", "network.safetensors")),
            session.Parameters.Get(best: true)!.File.ToArray());
    }

    [Fact]
    public async Task ARunThatIsStoppedAndResumed_EndsAsOneThatWasNot()
    {
        string[] changes =
            ["Run:MaxSteps=1500", "Run:GoalReturn=501", "Run:CheckpointPeriod=0", "Replay:PrefillSteps=200"];
        using var untouched = RunSession.Create(Settings(changes), In("untouched"), "untouched", Context());
        await untouched.TrainAsync();

        using (var first = RunSession.Create(Settings(changes), In("stopped"), "stopped", Context(stopAfter: 300)))
        {
            await first.TrainAsync();
            Assert.Equal(RunState.Stopped, first.Progress.State);
            Assert.InRange(first.Progress.Steps, 300, 1499);
            Assert.Equal(first.Progress.Steps, first.CheckpointSteps);
        }

        using var second = RunSession.Open(In("stopped"), [], Context());
        await second.TrainAsync();

        Assert.Equal((RunState.Unsolved, 1500L, ""), (second.Progress.State, second.Progress.Steps, second.Error));
        AssertSame(untouched.Folder, second.Folder, 1500);
        Assert.Throws<RunControlException>(() => RunSession.Open(In("stopped"), [], Context()));
    }

    [Fact]
    public async Task ARunWhosePeerIsLost_EndsAsOneWhosePeerWasNot()
    {
        string[] changes =
            ["Run:MaxSteps=600", "Run:GoalReturn=501", "Run:CheckpointPeriod=100", "Replay:PrefillSteps=200"];
        using var untouched = RunSession.Create(Settings(changes), In("untouched"), "untouched", Context());
        await untouched.TrainAsync();

        var notices = new List<string>();
        var lanes = new LosingLaneSource(Lanes, everySteps: 330);
        var context = Context(notices: notices) with { Lanes = lanes };
        using var session = RunSession.Create(Settings(changes), In("lost"), "lost", context);
        await session.TrainAsync();

        Assert.Equal(("", RunState.Unsolved, 600L), (session.Error, session.Progress.State, session.Progress.Steps));
        Assert.True(lanes.Losses > 0);
        Assert.Matches(
            "^The games went away. The run continues from the checkpoint of step [0-9]+ when the service is back.$",
            notices[0]);
        Assert.Matches("^The games was lost and is back. The run continues from ", notices[1]);
        AssertSame(untouched.Folder, session.Folder, 600);
    }

    [Fact]
    public async Task APeerThatStaysAway_FailsTheRun_InOneLine()
    {
        var context = Context() with
        {
            Lanes = new LosingLaneSource(Lanes, everySteps: 0),
            Options = new SessionOptions { ServicePatience = TimeSpan.FromSeconds(0.2) },
        };
        using var session = RunSession.CreateIn(_folder, Settings("Run:MaxSteps=600"), context);

        await session.TrainAsync();

        Assert.Equal(
            (RunState.Failed, "The games went away. It was not back within 0.2 s."),
            (session.Progress.State, session.Error));
        Assert.Equal(
            (RunState.Failed, session.Error),
            (RunDirectory.ReadFile(session.Folder).State, RunDirectory.ReadFile(session.Folder).Error));
    }

    [Fact]
    public async Task SeveralSeedsAtOnce_EndAsEachAlone()
    {
        var seeds = new[] { 1, 2, 3 };
        var alone = new List<string>();
        foreach (var seed in seeds)
        {
            using var session = RunSession.Create(
                Settings($"Run:Seed={seed}", "Run:MaxSteps=400"), In($"alone-{seed}"), $"alone-{seed}", Context());
            await session.TrainAsync();
            alone.Add(session.Folder);
        }

        var together = seeds.Select(seed => RunSession.CreateIn(
            In("runs"), Settings($"Run:Seed={seed}", "Run:MaxSteps=400"), Context())).ToList();
        await SessionGroup.TrainAsync(together, parallelism: 2, TestContext.Current.CancellationToken);

        Assert.Equal(3, together.Select(s => s.Id).Distinct().Count());
        foreach (var (one, other) in alone.Zip(together))
        {
            AssertSame(one, other.Folder, other.Progress.Steps);
            other.Dispose();
        }
    }

    [Fact]
    public async Task AGroupThatIsStopped_LeavesRunsThatCanBeResumed()
    {
        using var stop = new CancellationTokenSource();
        var context = Context() with { CreateObservers = session => [new CallingObserver(_ => Cancel(session, stop))] };
        var runs = Enumerable.Range(1, 3).Select(
            seed => RunSession.CreateIn(_folder, Settings($"Run:Seed={seed}", "Run:GoalReturn=501"), context)).ToList();

        await SessionGroup.TrainAsync(runs, parallelism: 1, stop.Token);

        Assert.All(runs, run => Assert.Equal(RunState.Stopped, run.Progress.State));
        Assert.All(runs, run => Assert.True(RunDirectory.ReadFile(run.Folder).CanResume));
        Assert.Equal([true, false, false], runs.Select(run => run.CheckpointSteps > 0));
        runs.ForEach(run => run.Dispose());

        static void Cancel(RunSession session, CancellationTokenSource stop)
        {
            // There is something to keep.
            if (session.Progress.Steps > 0)
            {
                stop.Cancel();
            }
        }
    }

    private static TrainingSettings Settings(params string[] changes) =>
        PresetCatalog.BuiltIn.Resolve("cartpole-dense", changes.Select(SettingsEditor.Parse));

    private static string Parameters(string folder, long steps) =>
        Path.Combine(RunLayout.CheckpointFolder(folder, steps), "network.safetensors");

    private static IEnumerable<string> Entries(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(
            path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static void AssertSame(string expected, string actual, long steps)
    {
        Assert.Equal(File.ReadAllBytes(Parameters(expected, steps)), File.ReadAllBytes(Parameters(actual, steps)));
        Assert.Equal(Log(expected), Log(actual));

        static IEnumerable<string> Log(string folder) => RunLog.Read(Path.Combine(folder, RunLog.FileName))
            .Select(record => RunLog.Format(record with { Elapsed = TimeSpan.Zero }));
    }

    private string In(string name) => Path.Combine(_folder, name);

    private SessionContext Context(long stopAfter = long.MaxValue, List<string>? notices = null) =>
        new(Lanes, new LocalReplaySource(In("experience")), ManagedBackend.Shared)
        {
            CreateObservers = session =>
            [
                new CallingObserver(
                    record =>
                    {
                        if (record.Steps >= stopAfter && session.Progress.Steps > 0)
                        {
                            session.RequestStop();
                        }
                    },
                    notices),
            ],
        };

    private sealed class CallingObserver(Action<LogRecord> recorded, List<string>? notices = null) : SessionObserver
    {
        public override void OnRecord(LogRecord record) => recorded(record);

        public override void OnNotice(string text, bool isOver) => notices?.Add(text);
    }
}
