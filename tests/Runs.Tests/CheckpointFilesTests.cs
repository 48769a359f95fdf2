using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;
using DqnAspire.TestSupport;

namespace DqnAspire.Runs.Tests;

public sealed class CheckpointFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-checkpoints-").FullName;
    private readonly TrainingSettings _settings = PresetCatalog.BuiltIn.Resolve(
        "cartpole-dense", [new("Run:Seed", "3"), new("Agent:Gamma", "0.875")]);
    private readonly List<string> _notices = [];
    private RunWriter _run;

    public CheckpointFilesTests() => _run = RunWriter.Create(_folder, "r", _settings);

    public void Dispose()
    {
        _run.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void ACheckpoint_ComesBackBitForBit()
    {
        var made = Make(100);
        Save(made);

        var found = _run.FindCheckpoint(_notices.Add)!.Checkpoint;

        Assert.Empty(_notices);
        Assert.Equal(made.State.Generators, found.State.Generators);
        Assert.Equivalent(made.State, found.State, strict: true);
        Assert.Equal(made.Parts["lanes"], found.Part("lanes"));
        Assert.Equal(Bytes(made.Tensors), Bytes(found.Tensors));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "checkpoints"), "*.new"));
    }

    [Fact]
    public void TheNewestFew_AreKept()
    {
        foreach (var steps in new[] { 90, 100, 1000, 1100 })
        {
            Save(Make(steps));
        }

        Assert.Equal(3, RunSection.CheckpointsKept);
        Assert.Equal(["100", "1000", "1100"], Folders());
    }

    [Theory]
    [InlineData("state.json")]
    [InlineData("training.safetensors")]
    [InlineData("lanes.part")]
    [InlineData("manifest.json")]
    public void ADamagedCheckpoint_IsPassedOverForTheOneBefore_AndNamed(string file)
    {
        Save(Make(100));
        Save(Make(200));
        var path = Path.Combine(_folder, "checkpoints", "200", file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal(100, _run.FindCheckpoint(_notices.Add)!.Steps);
        Assert.Contains("step 200", Assert.Single(_notices), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', _notices[0]);
    }

    [Theory]
    [InlineData("state.json", 10)]
    [InlineData("lanes.part", 0)]
    [InlineData("manifest.json", 0)]
    [InlineData("training.safetensors", null)]
    public void ACheckpointThatIsCutShortOrIncomplete_IsPassedOver(string file, int? length)
    {
        Save(Make(100));
        var path = Path.Combine(_folder, "checkpoints", "100", file);
        if (length is { } bytes)
        {
            using var stream = File.OpenWrite(path);
            stream.SetLength(bytes);
        }
        else
        {
            File.Delete(path);
        }

        Assert.Null(_run.FindCheckpoint(_notices.Add));
        Assert.Contains(file, Assert.Single(_notices), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAKilledProcessLeft_IsNoCheckpoint_AndIsTidiedUp()
    {
        Save(Make(100));
        var checkpoints = Path.Combine(_folder, "checkpoints");
        Directory.CreateDirectory(Path.Combine(checkpoints, "200.new"));
        // Killed between the two renames that put a checkpoint in the place of another of its step.
        Directory.Move(Path.Combine(checkpoints, "100"), Path.Combine(checkpoints, "100.old"));

        var found = _run.FindCheckpoint(_notices.Add);
        _run.Rollback(found);

        Assert.Equal(100, found!.Steps);
        Assert.Empty(_notices);
        Assert.Equal(["100"], Folders());
    }

    [Fact]
    public void ARollback_CutsTheLog_AndRemovesWhatCameLater()
    {
        _run.Append(Record(1, 50));
        Save(Make(100));
        _run.Append(Record(2, 150));
        Save(Make(200));
        _run.Append(Record(3, 250));
        Reopen();

        _run.Rollback(_run.FindCheckpoint(_notices.Add, before: 200));
        _run.Append(Record(2, 160));
        _run.Flush();

        Assert.Equal([50, 160], RunLog.Read(Path.Combine(_folder, RunLog.FileName)).Select(r => r.Steps));
        Assert.Equal(["100"], Folders());

        _run.DrawCurve();
        var curve = File.ReadAllText(Path.Combine(_folder, "curve.svg"));
        _run.Rollback(null);
        _run.Append(Record(1, 50));
        _run.Append(Record(2, 160));
        _run.DrawCurve();
        Assert.Equal(curve, File.ReadAllText(Path.Combine(_folder, "curve.svg")));
        Assert.Empty(Folders());
    }

    [Fact]
    public void ACheckpointOfALogThatLostLines_IsPassedOver()
    {
        Save(Make(100));
        _run.Append(Record(1, 150));
        Save(Make(200));
        _run.Dispose();
        File.WriteAllBytes(Path.Combine(_folder, RunLog.FileName), []);
        _run = RunWriter.Open(_folder, _settings);

        Assert.Equal(100, _run.FindCheckpoint(_notices.Add)!.Steps);
        Assert.Contains("metrics.jsonl", Assert.Single(_notices), StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckpointThatCannotBeWritten_LeavesNothing_AndTheOneBefore()
    {
        Save(Make(100));
        var broken = Make(200) with { Parts = new Dictionary<string, byte[]> { ["no/such/folder"] = [1] } };

        Assert.ThrowsAny<IOException>(() => Save(broken));

        Assert.Equal(["100"], Folders());
    }

    [Fact]
    public void OnAFullDisk_TheLogNamesFileAndReason_AndClosesAllTheSame()
    {
        using var disk = SmallDisk.Create(1 << 20);
        using (var run = RunWriter.Create(Path.Combine(disk.Path, "run"), "r", _settings))
        {
            run.Append(Record(1, 50));
            run.SaveCheckpoint(Make(100), parameters: null, run.FlushToDisk());
            disk.Fill();

            var error = Assert.ThrowsAny<IOException>(() =>
            {
                // More than fits into what is left of the log's last block.
                for (var episode = 2; episode < 200; episode++)
                {
                    run.Append(Record(episode, 50 * episode));
                }

                run.FlushToDisk();
            });

            Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
            Assert.Contains(Path.Combine(run.Path, RunLog.FileName), error.Message, StringComparison.Ordinal);
        }

        disk.Free();
        using var again = RunWriter.Open(Path.Combine(disk.Path, "run"), _settings);
        again.Rollback(again.FindCheckpoint(_notices.Add));
        Assert.Empty(_notices);
        Assert.Equal([50], RunLog.Read(Path.Combine(again.Path, RunLog.FileName)).Select(r => r.Steps));
    }

    [Fact]
    public void OnAFullDisk_WhatIsReplacedStays_AndNothingNewTakesRoom()
    {
        using var disk = SmallDisk.Create(1 << 20);
        var folder = Path.Combine(disk.Path, "run");
        using var run = RunWriter.Create(folder, "r", _settings);
        var policy = new TablePolicy(16, 4);
        run.SaveBest(PublishedParameters.Of(policy, 10), 0.5);
        var before = File.ReadAllBytes(Path.Combine(folder, "best", "network.safetensors"));
        disk.Fill();

        Assert.ThrowsAny<IOException>(() => run.SaveBest(PublishedParameters.Of(policy, 20), 0.75));
        Assert.ThrowsAny<IOException>(() => run.SaveLast(PublishedParameters.Of(policy, 20)));
        Assert.ThrowsAny<IOException>(() => run.WriteState(RunState.Failed, null, "full"));

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder, "best", "network.safetensors")));
        Assert.Equal(RunState.Starting, RunDirectory.ReadFile(folder).State);
        Assert.False(Directory.Exists(RunLayout.CheckpointFolder(folder, 20)));
        Assert.Empty(Directory.EnumerateFiles(folder, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public void OnAFullDisk_ACheckpointNamesFileAndReason_AndTheOneBeforeStays()
    {
        const int DiskBytes = 1 << 20;
        using var disk = SmallDisk.Create(DiskBytes);
        using var run = RunWriter.Create(Path.Combine(disk.Path, "run"), "r", _settings);
        run.SaveCheckpoint(Make(100), parameters: null, run.FlushToDisk());
        var tooLarge =
            Make(200) with { Parts = new Dictionary<string, byte[]> { ["lanes"] = new byte[2 * DiskBytes] } };

        var error = Assert.ThrowsAny<IOException>(
            () => run.SaveCheckpoint(tooLarge, parameters: null, run.FlushToDisk()));

        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains(run.Path, error.Message, StringComparison.Ordinal);
        Assert.Equal(100, run.FindCheckpoint(_notices.Add)?.Steps);
        Assert.Empty(_notices);
        Assert.Equal(
            [Path.Combine(run.Path, "checkpoints", "100")],
            Directory.EnumerateFileSystemEntries(Path.Combine(run.Path, "checkpoints")));
        // There is room for one that fits.
        run.SaveCheckpoint(Make(300), parameters: null, run.FlushToDisk());
        Assert.Equal(300, run.FindCheckpoint(_notices.Add)?.Steps);
    }

    [Theory]
    [InlineData("cartpole-dense")]
    [InlineData("frozenlake-tabular")]
    [InlineData("rainbow")]
    public void ARunsSettings_ComeBackFromItsFile(string preset)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(
            preset, [new("Run:Seed", "18446744073709551615"), new("Run:GoalReturn", "0.1")]);
        var folder = Path.Combine(_folder, preset);
        RunWriter.Create(folder, "r", settings).Dispose();

        var read = RecordedSettings.Resolve(RunDirectory.ReadFile(folder), []);

        Assert.Equal(RecordedSettings.Of(settings), RecordedSettings.Of(read));
        Assert.Equal(ulong.MaxValue, read.Run.Seed);
    }

    [Fact]
    public void OfARunThatIsResumed_OnlyItsEndCanBeChanged()
    {
        var file = RunDirectory.ReadFile(_folder);

        Assert.Equal(
            7, RecordedSettings.Resolve(file, [new("run:maxsteps", "7"), new("Agent:Gamma", "0.875")]).Run.MaxSteps);
        var error = Assert.Throws<SettingException>(() => RecordedSettings.Resolve(file, [new("Agent:Gamma", "0.5")]));
        Assert.Contains("Agent:Gamma", error.Message, StringComparison.Ordinal);
    }

    private static Checkpoint Make(long steps)
    {
        var tensors = new SafetensorsFile();
        tensors.Add("online.weight", [2, 2], [0.1f, float.Epsilon, -0f, float.NaN]);
        var state = new CheckpointState
        {
            EnvironmentId = "CartPole-v1",
            Architecture = "dense 4-32-32-2",
            Statistics = new StatisticsState
            {
                Steps = steps,
                Episodes = 2,
                Updates = steps - 7,
                Returns = [0.1, 1d / 3],
                // Where learning diverged, a checkpoint still has to be written and read.
                LossSum = double.PositiveInfinity,
                LossCount = 3,
                EpisodeLoss = double.NaN,
                Seconds = 12.345678901234567,
            },
            Generators = new Dictionary<string, Pcg64State>
            {
                ["exploration"] = new(UInt128.MaxValue, UInt128.MaxValue - 2, true, uint.MaxValue),
            },
            EpisodeReturns = [1e-300],
            EpisodeLengths = [9],
            ActionCounts = [long.MaxValue, 0],
            Epsilon = 0.1 + 0.2,
            ReplayMark = $"step-{steps}",
            LearningRate = 1e-4,
            UpdatePeriod = 4,
        };
        return new Checkpoint(state, tensors, new Dictionary<string, byte[]> { ["lanes"] = [1, 2, 3, 4] });
    }

    private static LogRecord Record(long index, long steps) =>
        new("episode", index, steps) { Return = index, Loss = 0.5, Elapsed = TimeSpan.Zero };

    private static byte[] Bytes(SafetensorsFile tensors)
    {
        using var stream = new MemoryStream();
        tensors.Write(stream);
        return stream.ToArray();
    }

    private void Save(Checkpoint checkpoint) => _run.SaveCheckpoint(checkpoint, parameters: null, _run.FlushToDisk());

    private void Reopen()
    {
        _run.Dispose();
        _run = RunWriter.Open(_folder, _settings);
    }

    private IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Path.Combine(_folder, "checkpoints")).Select(d => Path.GetFileName(d))
            .OrderBy(name => name.Length).ThenBy(name => name);
}
