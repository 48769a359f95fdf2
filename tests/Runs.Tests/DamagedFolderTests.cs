using System.Text;
using System.Text.RegularExpressions;
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
using DqnAspire.Runs.Reports;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Runs.Tests;

/// <summary>
/// Each file of a run's folder, damaged in several ways: the run is resumed or ends with a line; a list, a report and a
/// comparison come out.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class DamagedFolderTests : IDisposable
{
    private static readonly LocalLaneSource Lanes = new(BuiltInEnvironments.Registry);

    private readonly string _root = Directory.CreateTempSubdirectory("dqn-damaged-").FullName;

    public static TheoryData<string> Damages =>
    [
        "half", "empty", "flip", "zeros", "nulls", "infinite", "fraction", "negative", "huge", "texts", "lists",
        "braces", "folder", "junk line",
    ];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task ARunAlwaysEnds_WhateverItsFilesHold(string damage)
    {
        var whole = await StoppedRunAsync();
        var files = Directory.EnumerateFiles(whole, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(whole, path))
            .Where(path => !path.Contains("replay", StringComparison.Ordinal)
                && !path.Contains("events.out", StringComparison.Ordinal)
                && (!path.StartsWith("checkpoints", StringComparison.Ordinal)
                    || Newest(whole, Path.GetFileName(path)) == Path.Combine(whole, path)))
            .ToList();
        Assert.True(files.Count > 10);

        foreach (var file in files)
        {
            var folder = Copy(whole, damage);
            Damage(Path.Combine(folder, file), damage);

            // What people look at.
            var listed = new RunCatalog(Path.GetDirectoryName(folder)!, () => [whole]).List();
            Assert.Contains(listed, run => run.Folder == whole);
            Look(folder);

            // Work that goes on.
            var error = await ResumeAsync(folder);
            Assert.DoesNotContain('\n', error);
            Assert.DoesNotMatch("NullReference|IndexOutOf|Overflow|DivideByZero|KeyNotFound", error);
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("{\"kind\":\"episode\",\"index\":1,\"steps\":9,\"return\":1,\"seconds\":1e308}")]
    [InlineData("{\"kind\":\"episode\",\"index\":1,\"steps\":9,\"return\":1e308,\"seconds\":1}")]
    [InlineData("{\"kind\":\"episode\",\"index\":1,\"steps\":-9,\"return\":1,\"seconds\":1}")]
    [InlineData("{\"kind\":\"episode\",\"index\":1,\"steps\":9,\"action_counts\":[9223372036854775807],\"seconds\":1}")]
    [InlineData("\0\0\0\0")]
    public async Task ADamagedLog_StopsNoRunThatHasWholeCheckpoints(string line)
    {
        var folder = await StoppedRunAsync();
        var log = Path.Combine(folder, RunLog.FileName);
        var lines = File.ReadAllLines(log);
        Assert.True(lines.Length > 2);
        lines[1] = line;
        File.WriteAllText(log, string.Join('\n', lines) + "\n" + lines[0][..20]);

        Assert.Equal("", await ResumeAsync(folder));

        var run = RecordedRun.Read(folder);
        Assert.Equal((RunState.Unsolved, 640L), (run.File.State, run.File.Steps));
        Assert.Contains("line 2", Assert.Single(run.Damage), StringComparison.Ordinal);
        Assert.Contains("line 2", File.ReadAllText(Path.Combine(folder, RunReport.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALogThatLostItsLines_CostsNoCheckpoint()
    {
        var folder = await StoppedRunAsync();
        var steps = RunDirectory.ReadFile(folder).Steps;
        File.WriteAllBytes(Path.Combine(folder, RunLog.FileName), []);

        var notices = new List<string>();
        Assert.Equal("", await ResumeAsync(folder, notices));

        Assert.Contains(notices, n => n.Contains("has lost lines of every checkpoint", StringComparison.Ordinal));
        Assert.All(RecordedRun.Read(folder).Records, record => Assert.InRange(record.Steps, steps, 640));
    }

    [Fact]
    public async Task OfAManifest_NothingCanBeChangedUnseen_AndItNamesNoPaths()
    {
        var folder = await StoppedRunAsync();
        var manifest = Newest(folder, "manifest.json");
        var text = File.ReadAllText(manifest);
        using var writer = RunWriter.Open(folder, RecordedSettings.Resolve(RunDirectory.ReadFile(folder), []));
        var steps = writer.FindCheckpoint(_ => { })!.Steps;

        foreach (var changed in new[]
        {
            LogLength().Replace(text, "\"log_length\": 0"),
            text.Replace("\"state.json\"", "\"/etc/passwd\"", StringComparison.Ordinal),
            text.Replace("\"format_version\": 2", "\"format_version\": 1", StringComparison.Ordinal),
            text.Replace("\"format_version\": 2", "\"format_version\": 3", StringComparison.Ordinal),
        })
        {
            File.WriteAllText(manifest, changed);
            var notices = new List<string>();
            Assert.NotEqual(steps, writer.FindCheckpoint(notices.Add)?.Steps);
            Assert.DoesNotContain("passwd has", Assert.Single(notices), StringComparison.Ordinal);
        }

        // A file of an older version, which has no checksum.
        var old = Checksum().Replace(text, "")
            .Replace("\"format_version\": 2", "\"format_version\": 1", StringComparison.Ordinal);
        File.WriteAllText(manifest, old);
        Assert.Equal(steps, writer.FindCheckpoint(_ => { })?.Steps);
        File.WriteAllText(manifest, old.Replace("\"state.json\"", "\"../../run.json\"", StringComparison.Ordinal));
        Assert.NotEqual(steps, writer.FindCheckpoint(_ => { })?.Steps);
    }

    [GeneratedRegex("\"log_length\": [0-9]+")]
    private static partial Regex LogLength();

    [GeneratedRegex(",\\s*\"checksum\": \"[0-9a-f]+\"")]
    private static partial Regex Checksum();

    [GeneratedRegex("(?<=[:\\[] ?)-?[0-9][0-9.eE+-]*")]
    private static partial Regex Number();

    [GeneratedRegex("(?<=: ?)\"[^\"]*\"")]
    private static partial Regex Text();

    private static string Newest(string folder, string file) => Path.Combine(
        Directory.EnumerateDirectories(Path.Combine(folder, "checkpoints"))
            .OrderBy(path => long.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture))
            .Last(),
        file);

    private static void Look(string folder)
    {
        try
        {
            var run = RecordedRun.Read(folder);
            Assert.NotEmpty(RunReport.ToMarkdown(run));
            Assert.NotEmpty(new RunComparison([run]).ToMarkdown());
        }
        catch (RunDirectoryException e)
        {
            Assert.Contains(folder, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private static void Damage(string path, string damage)
    {
        var bytes = File.ReadAllBytes(path);
        var text = Encoding.UTF8.GetString(bytes);
        switch (damage)
        {
            case "half":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "empty":
                bytes = [];
                break;
            case "flip":
                bytes[bytes.Length / 3] ^= 4;
                break;
            case "zeros":
                bytes.AsSpan(bytes.Length / 2).Clear();
                break;
            case "junk line":
                bytes = [.. "{}\n"u8, .. bytes];
                break;
            case "folder":
                File.Delete(path);
                Directory.CreateDirectory(path);
                return;
            case "lists":
                bytes = [.. "[]"u8];
                break;
            case "braces":
                bytes = [.. "{"u8];
                break;
            default:
                bytes = Encoding.UTF8.GetBytes(damage switch
                {
                    "nulls" => Text().Replace(Number().Replace(text, "null"), "null"),
                    "infinite" => Number().Replace(text, "1e308"),
                    "fraction" => Number().Replace(text, "1.5"),
                    "negative" => Number().Replace(text, "-1"),
                    "huge" => Number().Replace(text, "9223372036854775807"),
                    _ => Number().Replace(text, "\"text\""),
                });
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    private static SessionContext Context(string experience, List<string>? notices = null, int stopAfter = 0) =>
        new(Lanes, new LocalReplaySource(experience), ManagedBackend.Shared)
        {
            Evaluator = new LocalEvaluator(Lanes, ManagedBackend.Shared),
            CreateObservers = session => [new Watcher(session, notices ?? [], stopAfter)],
        };

    private static async Task<string> ResumeAsync(string folder, List<string>? notices = null)
    {
        RunSession session;
        try
        {
            session = RunSession.Open(folder, [], Context(Path.GetDirectoryName(folder)!, notices));
        }
        catch (Exception e) when (e is RunDirectoryException or SettingException or UnknownPresetException)
        {
            return e.Message;
        }

        using (session)
        {
            await session.TrainAsync();
            await session.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.True(session.Progress.State is RunState.Unsolved or RunState.Failed, $"{session.Progress.State}");
            Assert.Equal(session.Progress.State == RunState.Failed, session.Error.Length > 0);
            return session.Error;
        }
    }

    private async Task<string> StoppedRunAsync()
    {
        var folder = Path.Combine(_root, "r");
        if (!Directory.Exists(folder))
        {
            var settings = PresetCatalog.BuiltIn.Resolve("cartpole-dense", new[]
            {
                "Run:Seed=4", "Run:MaxSteps=640", "Run:GoalReturn=501", "Run:CheckpointPeriod=100",
                "Run:FinalEvaluationEpisodes=2", "Replay:PrefillSteps=100", "Validation:EveryEpisodes=0",
            }.Select(SettingsEditor.Parse));
            using var session = RunSession.Create(settings, folder, "r", Context(_root, stopAfter: 600));
            await session.TrainAsync();
            Assert.Equal((RunState.Stopped, ""), (session.Progress.State, session.Error));
        }

        return folder;
    }

    private string Copy(string folder, string name)
    {
        // Each copy has its own experience beside it.
        var copy = Path.Combine(_root, name, "r");
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return copy;
    }

    private sealed class Watcher(RunSession session, List<string> notices, int stopAfter) : SessionObserver
    {
        public override void OnCheckpoint(TrainingProgress progress)
        {
            if (stopAfter > 0 && progress.Steps >= stopAfter)
            {
                session.RequestStop();
            }
        }

        public override void OnNotice(string text, bool isOver) => notices.Add(text);
    }
}
