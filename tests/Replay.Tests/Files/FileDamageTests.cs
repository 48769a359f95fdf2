using System.Diagnostics;
using System.Globalization;
using DqnAspire.Core;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests.Files;

/// <summary>
/// Tables in files that are closed while they are used, whose files change under them, or that cannot be made: each
/// ends with an exception that says so, and never the process.
/// </summary>
public sealed class FileDamageTests : IDisposable
{
    private static readonly TableSpec Spec = new(100, 50) { PriorityExponent = 1, RewindSteps = 50 };

    private readonly string _root = Directory.CreateTempSubdirectory("dqn-damage-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhateverIsDoneToAClosedStore_SaysThatItIsClosed()
    {
        var store = await Create("closed").Store.Closed();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.AppendAsync(
            0, new StoredRecord[1], new byte[100], Cancellation));
        Assert.Throws<ObjectDisposedException>(() => store.Read(0, new byte[100]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.SavePrioritiesAsync(
            new long[] { 0 }, new float[] { 1 }, Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.SaveMarkAsync(
            "m", new byte[1], Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.SaveLimitsAsync(
            RateLimits.None, Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.RewindAsync(
            new RewindPoint(0, 0, 0, 0, 0, default, []), Cancellation));
        Assert.Throws<ObjectDisposedException>(() => store.Sampled = 1);
        Assert.Throws<ObjectDisposedException>(() => store.MaxPriority = 1);
        Assert.Throws<ObjectDisposedException>(() => store.BeginCopy(Path.Combine(_root, "copy")));
        // Counts need no file.
        Assert.Equal(0, store.Sampled);
        store.Dispose();
    }

    [Fact]
    public async Task ClosedWhileItIsReadAndWritten_EveryCallEndsOneWayOrTheOther()
    {
        for (var round = 0; round < 20; round++)
        {
            var table = Create($"race{round}", residentBytes: 0);
            var store = table.Store;
            table.Append([First(0), .. Steps(40)], new byte[41 * 100]);
            var reading = Task.Run(() => UntilClosed(() => store.Read(7, new byte[100])), Cancellation);
            var counting = Task.Run(() => UntilClosed(() => store.Sampled++), Cancellation);
            await Task.Yield();

            store.Dispose();

            await reading;
            await counting;
        }
    }

    [Theory]
    [InlineData("frames.bin", 0)]
    [InlineData("frames.bin", 4000)]
    [InlineData("state.bin", 0)]
    [InlineData("state.bin", 20)]
    [InlineData("records-0000000000000000000.log", 30)]
    public async Task AFileThatBecomesShorter_EndsTheTable_AndNoOther(string file, long length)
    {
        using var other = Create("other");
        using var table = Create("shortened", residentBytes: 0);
        table.Append([First(0), .. Steps(45)], new byte[46 * 100]);
        await ShortenAsync(Path.Combine(_root, "shortened", file), length);
        var problems = new List<StoreProblem>();
        foreach (var use in Uses(table))
        {
            if (await Record.ExceptionAsync(use) is { } e)
            {
                problems.Add(Assert.IsType<ReplayStoreException>(e).Problem);
            }
        }

        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.Equal(StoreProblem.Damaged, problem));
        // It stays so: nothing is written over what can still be saved.
        Assert.All(Uses(table).Take(1), use => Assert.ThrowsAsync<ReplayStoreException>(use).GetAwaiter().GetResult());
        other.Append([First(0)], new byte[100]);
        Assert.Equal(1, other.Records);
    }

    [Theory]
    [InlineData("\"element_type\": \"UInt8\"", "\"element_type\": \"Complex\"")]
    [InlineData("\"element_type\": \"UInt8\"", "\"element_type\": \"17\"")]
    [InlineData("\"element_type\": \"UInt8\"", "\"element_type\": null")]
    [InlineData("\"element_type\": \"UInt8\"", "\"element_type\": \"Float32\"")]
    [InlineData("\"shape\": [", "\"shape\": null, \"other\": [")]
    [InlineData("\"shape\": [", "\"shape\": [-1, ")]
    [InlineData("\"shape\": [", "\"shape\": [2, ")]
    [InlineData("\"shape\": [", "\"shape\": [1, 1, 1, 1, 1, 1, 1, 1, ")]
    [InlineData("\"capacity\": 50", "\"capacity\": 2147483647")]
    [InlineData("\"capacity\": 50", "\"capacity\": -1")]
    [InlineData("\"capacity\": 50", "\"capacity\": 1e99")]
    [InlineData("\"rewind_steps\": 50", "\"rewind_steps\": 2147483647")]
    [InlineData("\"observation_bytes\": 100", "\"observation_bytes\": 2147483647")]
    [InlineData("\"priority_exponent\": 1", "\"priority_exponent\": \"NaN\"")]
    [InlineData("\"max_stack\": 1", "\"max_stack\": 65")]
    [InlineData("\"min_size\": 1", "\"min_size\": 51")]
    [InlineData("{", "null {")]
    [InlineData("{", "[] ")]
    public void ADamagedManifest_IsDamage_WhateverIsWrongWithIt(string from, string to)
    {
        Create("damaged").Dispose();
        var path = Path.Combine(_root, "damaged", "table.json");
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));

        var error = Assert.Throws<ReplayStoreException>(() => Open("damaged"));

        Assert.Equal(StoreProblem.Damaged, error.Problem);
        Assert.Contains("table.json does not describe a table", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("frames.bin")]
    [InlineData("state.bin")]
    public void AMissingFile_IsDamage(string file)
    {
        Create("missing").Dispose();
        File.Delete(Path.Combine(_root, "missing", file));

        Assert.Equal(StoreProblem.Damaged, Assert.Throws<ReplayStoreException>(() => Open("missing")).Problem);
    }

    [Theory]
    [InlineData(2, -1L)]
    [InlineData(4, long.MinValue)]
    [InlineData(3, 0x7fc00000L)]
    [InlineData(3, 0xbf800000L)]
    [InlineData(8, 0x1_7fc00000L)]
    [InlineData(8, 0x1_bf800000L)]
    public void AStateThatCannotBe_IsDamage(int word, long value)
    {
        using (var table = Create("state"))
        {
            table.Append([First(0), .. Steps(3)], new byte[400]);
        }

        using (var stream = new FileStream(Path.Combine(_root, "state", "state.bin"), FileMode.Open))
        {
            stream.Position = word * sizeof(long);
            stream.Write(BitConverter.GetBytes(value));
        }

        var error = Assert.Throws<ReplayStoreException>(() => Open("state"));

        Assert.Equal(StoreProblem.Damaged, error.Problem);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void ATableThatCannotBeMade_LeavesNothing()
    {
        // No file system has a file of so many bytes.
        var spec = new TableSpec(TableSpec.ObservationLimit, TableSpec.CapacityLimit);

        var error = Assert.Throws<ReplayStoreException>(() => Create("a/b/c", spec));

        Assert.Equal(StoreProblem.Full, error.Problem);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void ATableWhoseLastStepFails_LeavesWhatWasThereBefore()
    {
        Directory.CreateDirectory(Path.Combine(_root, "half", "table.json.new"));
        Directory.CreateDirectory(Path.Combine(_root, "half", "inner"));

        Assert.Throws<ReplayStoreException>(() => Create("half"));

        Assert.Equal(
            ["inner", "table.json.new"],
            Directory.EnumerateFileSystemEntries(Path.Combine(_root, "half")).Select(Path.GetFileName).Order());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static IEnumerable<StepRecord> Steps(int count) =>
        Enumerable.Repeat(new StepRecord(0, 1, 0, StepFlags.None), count);

    private static IEnumerable<Func<Task>> Uses(ReplayTable table) =>
    [
        async () => await table.AppendAsync(Steps(1).ToArray(), new byte[100], Cancellation),
        () => Task.Run(() => table.Store.Sampled++, Cancellation),
        async () => await table.Store.ReadAsync(
            new ObservationRead[] { new(45, new byte[100]) }, Cancellation),
        async () => await table.Store.SavePrioritiesAsync(new long[] { 3 }, new float[] { 2 }, Cancellation),
    ];

    private static void UntilClosed(Action use)
    {
        while (true)
        {
            try
            {
                use();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>As another program does, which .NET's locks do not bind.</summary>
    private static async Task ShortenAsync(string path, long length)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "truncate is a program of Linux.");
        using var truncate = Process.Start(
            "truncate", ["-s", length.ToString(CultureInfo.InvariantCulture), path]);
        await truncate.WaitForExitAsync(Cancellation);
        Assert.Equal(0, truncate.ExitCode);
    }

    private ReplayTable Create(string name, TableSpec? spec = null, long residentBytes = 1 << 20) =>
        new FileReplayEngine(_root, new FileStoreOptions { ResidentBytes = residentBytes }).Create(name, spec ?? Spec);

    private ReplayTable Open(string name) => new FileReplayEngine(_root, new FileStoreOptions()).Open(name);
}

internal static class ClosedStores
{
    /// <summary>Closes a store, and gives it back.</summary>
    public static ValueTask<IReplayStore> Closed(this IReplayStore store)
    {
        store.Dispose();
        return ValueTask.FromResult(store);
    }
}
