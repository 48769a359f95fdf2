using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Storage;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests.Files;

public sealed class FileReplayStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dqn-embedded-").FullName;

    [Fact]
    public void ManyRoundsOfTheRing_DeleteOldLogs_AndStayWithinTheirMemory()
    {
        var spec = new TableSpec(5000, 300) { MaxStack = 2 };
        var naive = new NaiveTable(spec.Capacity);
        using var table = Create("ring", spec, residentBytes: 1 << 20);
        foreach (var block in Histories.Random(new Pcg64(3), lanes: 3, records: 4 * spec.Slots, width: 5000))
        {
            Append(table, naive, block);
        }

        Assert.InRange(Directory.EnumerateFiles(Path.Combine(_root, "ring"), "records-*.log").Count(), 2, 6);
        AssertSame(naive, table, new TransitionSpec { Stack = 2, Steps = 3 });
        Assert.InRange(table.Store.MemoryBytes, 1, 1 << 20);
    }

    [Fact]
    public void ACommitCutShortAnywhere_IsNotThere_AndAppendingGoesOn()
    {
        var spec = new TableSpec(3, 50);
        StepRecord[] last = [First(1), new StepRecord(1, 2, 3, StepFlags.None)];
        using (var table = Create("cut", spec))
        {
            table.Append([First(0), new StepRecord(0, 1, 2, StepFlags.None)], [1, 1, 1, 2, 2, 2]);
            table.Append(last, [3, 3, 3, 4, 4, 4]);
        }

        var log = Directory.EnumerateFiles(Path.Combine(_root, "cut"), "records-*.log").Single();
        var whole = File.ReadAllBytes(log);
        var commit = 16 + (2 * StoredRecord.Bytes);
        for (var cut = 0; cut <= commit; cut++)
        {
            File.WriteAllBytes(log, whole[..^cut]);
            using var table = Open("cut");
            Assert.Equal(cut == 0 ? 4 : 2, table.Records);
            if (cut > 0)
            {
                table.Append(last, [3, 3, 3, 5, 5, 5]);
                Assert.Equal(4, table.Records);
            }
        }

        // A commit that is all there but wrong in any byte is none.
        for (var i = whole.Length - commit; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0x10;
            File.WriteAllBytes(log, damaged);
            using var table = Open("cut");
            Assert.Equal(2, table.Records);
        }
    }

    [Fact]
    public void AnObservationThatTheDiskDidNotGet_EndsTheTableBeforeIt()
    {
        var spec = new TableSpec(3, 50) { PriorityExponent = 1 };
        using (var table = Create("lost", spec))
        {
            for (var i = 0; i < 10; i++)
            {
                table.Append(i == 0 ? [First(0)] : [new StepRecord(0, i, i, StepFlags.None)], [1, 2, (byte)i]);
            }
        }

        var frames = Path.Combine(_root, "lost", "frames.bin");
        using (var stream = new FileStream(frames, FileMode.Open))
        {
            stream.Position = 3 * 7;
            stream.WriteByte(99);
        }

        using var again = Open("lost");
        Assert.Equal((7L, 6), (again.Records, again.Size));
    }

    [Fact]
    public void ATableOpenElsewhere_IsRefused()
    {
        using var table = Create("locked", new TableSpec(3, 20));

        var error = Assert.Throws<ReplayStoreException>(() => Open("locked"));

        Assert.Contains("locked cannot be opened", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table.json", "\"format\": 1", "\"format\": 2", "is of format 2; this program reads format 1")]
    [InlineData("table.json", "\"capacity\": 20", "\"capacity\": 0", "does not describe a table")]
    [InlineData("table.json", "{", "[", "does not describe a table")]
    [InlineData(
        "state.bin", "DQNSTATE\u0001", "DQNSTATE\u0002", "state.bin is of format 2; this program reads format 1")]
    [InlineData(
        "records-0000000000000000000.log",
        "DQNRECS1\u0001",
        "DQNRECS1\u0003",
        "is of format 3; this program reads format 1")]
    [InlineData("records-0000000000000000000.log", "DQNRECS1", "DQNRECSX", "is not a log of records")]
    public void FilesOfAnotherKind_AreNamed_AndLeftAsTheyAre(string file, string from, string to, string message)
    {
        using (var table = Create("other", new TableSpec(3, 20)))
        {
            table.Append([First(0)], [1, 2, 3]);
        }

        var path = Path.Combine(_root, "other", file);
        var changed = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)).Replace(
            from, to, StringComparison.Ordinal);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(changed));

        var error = Assert.Throws<ReplayStoreException>(() => Open("other"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(changed, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)));
    }

    [Fact]
    public void AFolderThatCannotBeMade_IsNamed()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<ReplayStoreException>(() => Create("file/table", new TableSpec(3, 20)));

        Assert.Contains("cannot be made", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AReadOnlyFolder_IsNamed()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Permissions do not bind this user.");
        Create("readonly", new TableSpec(3, 20)).Dispose();
        File.SetAttributes(Path.Combine(_root, "readonly", "frames.bin"), FileAttributes.ReadOnly);

        var error = Assert.Throws<ReplayStoreException>(() => Open("readonly"));

        Assert.Contains("readonly cannot be opened", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACopy_IsTheTableOfItsMoment_WhileAppendsGoOn()
    {
        var spec = new TableSpec(5000, 300) { MaxStack = 2, PriorityExponent = 0.5 };
        var naive = new NaiveTable(spec.Capacity);
        using var table = Create("original", spec);
        var random = new Pcg64(9);
        foreach (var block in Histories.Random(random, lanes: 2, records: spec.Slots + 5000, width: 5000))
        {
            Append(table, naive, block);
        }

        var change = table.UpdatePriorities([table.Describe(200).Record], [9]);
        await table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, TestContext.Current.CancellationToken);
        var records = table.Records;
        var copy = table.Store.BeginCopy(Path.Combine(_root, "copy"))!;

        // More than a whole ring is appended before the copy begins to run by itself: each append copies what it
        // overwrites.
        foreach (var block in Histories.Random(new Pcg64(10), lanes: 2, records: spec.Slots + 100, width: 5000))
        {
            table.Append([.. block.Select(r => r.Record)], [.. block.SelectMany(r => r.Observation)]);
        }

        await copy.RunAsync(TestContext.Current.CancellationToken);

        using var copied = Open("copy");
        Assert.Equal(records, copied.Records);
        Assert.Equal(9, copied.Describe(200).Priority);
        AssertSame(naive, copied, new TransitionSpec { Stack = 2, Steps = 2 });
        // And the next copy may begin.
        await table.Store.BeginCopy(Path.Combine(_root, "copy2"))!.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ACopyOfATableThatIsClosed_FailsAndIsNoTable()
    {
        var table = Create("closed", new TableSpec(3, 20));
        table.Append([First(0)], [1, 2, 3]);
        var copy = table.Store.BeginCopy(Path.Combine(_root, "copy"))!;
        Assert.Throws<ReplayStoreException>(() => table.Store.BeginCopy(Path.Combine(_root, "copy2"))!);

        table.Dispose();

        await Assert.ThrowsAsync<ReplayStoreException>(() => copy.RunAsync(TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_root, "copy")));
    }

    [Fact]
    public void DeletingATable_LeavesThoseBelowIt()
    {
        var spec = new TableSpec(3, 20);
        Create("a", spec).Dispose();
        Create("a/b", spec).Dispose();

        FileReplayStore.Delete(Path.Combine(_root, "a"));

        Assert.False(ManifestFile.IsTable(Path.Combine(_root, "a")));
        Open("a/b").Dispose();
        FileReplayStore.Delete(Path.Combine(_root, "a", "b"));
        Assert.False(Directory.Exists(Path.Combine(_root, "a", "b")));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ReplayTable Create(string name, TableSpec spec, long residentBytes = 1 << 24) =>
        new FileReplayEngine(_root, new FileStoreOptions { ResidentBytes = residentBytes }).Create(name, spec);

    private ReplayTable Open(string name) =>
        new FileReplayEngine(_root, new FileStoreOptions { ResidentBytes = 1 << 24 }).Open(name);
}
