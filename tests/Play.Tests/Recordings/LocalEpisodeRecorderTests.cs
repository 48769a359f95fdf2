using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.NeuralNetworks;
using DqnAspire.Play.Recordings;
using DqnAspire.Replay.Local;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Play.Tests.Recordings;

public sealed class LocalEpisodeRecorderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ARun_EndsWithTheBestEpisodeOfItsEvaluation_WhichTheReportShows()
    {
        using var session = await TrainAsync(
            "cartpole-dense", "Run:MaxEpisodes=4", "Run:FinalEvaluationEpisodes=6", "Run:RecordFormat=Gif");

        var film = Assert.Single(RecordedFilm.ReadAll(session.Folder));
        Assert.Equal((session.Id, session.Progress.Steps), (film.RunId, film.Steps));
        Assert.Equal(
            (session.Evaluation!.Best!.Seed, session.Evaluation.Summary.MaxReturn),
            (film.Seed, Assert.Single(film.Episodes).Return));
        Assert.True(File.Exists(Path.Combine(session.Folder, RunLayout.Recordings, film.Pictures)));
        Assert.Contains(
            $"](recordings/{film.Pictures})",
            await File.ReadAllTextAsync(
                Path.Combine(session.Folder, RunLayout.Report), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSingleFrameRecipe_LeavesItsAnimationOf99Steps_APictureAStep()
    {
        using var session = await TrainAsync(
            "breakout-single-frame", "Environment:Id=BricksNoFrameskip-v4", "Run:MaxSteps=70", "Run:RecordBestOf=1");

        var film = Assert.Single(RecordedFilm.ReadAll(session.Folder));
        var bytes = File.ReadAllBytes(Path.Combine(session.Folder, RunLayout.Recordings, film.Pictures));
        var gif = new GifReader(bytes);
        Assert.Equal((99, 30.0), (film.Episodes[0].Length, film.FramesPerSecond));
        // The picture that the first action answers to, and one after each step.
        Assert.Equal(100, gif.Pictures.Count);
        Assert.Equal(333, gif.Delays.Sum());
    }

    private async Task<RunSession> TrainAsync(string preset, params string[] changes)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(preset, changes.Select(SettingsEditor.Parse));
        var context = new SessionContext(TestPolicies.Lanes, new LocalReplaySource(_folder.Path), ManagedBackend.Shared)
        {
            Evaluator = new LocalEvaluator(TestPolicies.Lanes, ManagedBackend.Shared),
            Recorder = new LocalEpisodeRecorder(TestPolicies.Lanes, ManagedBackend.Shared),
        };
        var session = RunSession.CreateIn(_folder.Path, settings, context);
        await session.TrainAsync();
        Assert.Equal(("", ""), (session.Error, session.Notice));
        return session;
    }
}
