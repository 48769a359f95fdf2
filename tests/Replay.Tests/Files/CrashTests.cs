using System.Diagnostics;
using System.Globalization;
using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Replay.CrashWriter;
using DqnAspire.Replay.Engines.Files;

namespace DqnAspire.Replay.Tests.Files;

/// <summary>Another process writes and is killed; this one looks at what it left.</summary>
[Trait("Category", "Slow")]
public sealed class CrashTests : IDisposable
{
    private const string KillsVariable = "REPLAY_KILLS";

    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("dqn-crash-").FullName, "table");

    [Fact]
    public async Task KilledAtAnyInstant_ATableHoldsWhatWasAcknowledged_AndNothingTorn()
    {
        var random = new Pcg64((ulong)Environment.TickCount64);
        CreateTable(CrashExperience.Spec);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var writer = Start(
                "dotnet", Writer, _directory, random.NextUInt32().ToString(CultureInfo.InvariantCulture));
            // Anything from the first moments of opening to several rounds of the ring.
            var acknowledgements = random.Integers(0, kill % 4 == 0 ? 2 : 300);
            var acknowledged = 0L;
            for (var i = 0; i < acknowledgements; i++)
            {
                acknowledged = await ReadRecordsAsync(writer);
            }

            Thread.SpinWait((int)random.Integers(0, 200_000));
            writer.Kill();
            while (await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                // The kill may cut the last line short; a shorter number is smaller, too.
                acknowledged = Math.Max(
                    acknowledged, line.Length > 0 ? long.Parse(line, CultureInfo.InvariantCulture) : 0);
            }

            await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
            AssertWhole(acknowledged);
        }
    }

    [Fact]
    public async Task KilledWhileItGoesBack_ATableIsWhatItWasBeforeOrAtTheMark()
    {
        var random = new Pcg64((ulong)Environment.TickCount64);
        CreateTable(CrashExperience.Spec with { RewindSteps = 1200 });
        for (var kill = 0; kill < Kills; kill++)
        {
            using var writer = Start(
                "dotnet", Writer, _directory, random.NextUInt32().ToString(CultureInfo.InvariantCulture));
            var last = "";
            var passed = random.Integers(0, 5);
            while (passed >= 0
                && await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                last = line;
                passed -= line.Contains(',', StringComparison.Ordinal) ? 1 : 0;
            }

            Thread.SpinWait((int)random.Integers(0, 20_000));
            writer.Kill();
            var rest = await writer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(3, writer.ExitCode);
            if (rest.Length == 0)
            {
                var ends = last.Split(',').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
                AssertBeforeOrAtMark(before: ends[0], mark: ends[1]);
            }

            AssertWhole(acknowledged: 0);
        }
    }

    [Fact]
    public async Task AFullDisk_IsTold_AndWhatWasThereStays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "File size limits are set with a POSIX shell.");
        CreateTable(CrashExperience.Spec);
        // The shell's limit is in blocks of 512 bytes (POSIX) or of 1 KiB (bash): 4 or 8 MiB of a ring of 42 MB.
        // Ignored, the signal for exceeding it becomes an error of the write, like a full disk.
        using var writer = Start("sh", "-c", $"trap '' XFSZ; ulimit -f 8192; exec dotnet '{Writer}' '{_directory}' 1");
        var acknowledged = 0L;
        string? line;
        while ((line = await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)) is not null
            && long.TryParse(line, CultureInfo.InvariantCulture, out var records))
        {
            acknowledged = records;
        }

        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, writer.ExitCode);
        Assert.Contains(
            $"{_directory} cannot be written; nothing of the block was added", line, StringComparison.Ordinal);
        Assert.True(acknowledged > 100);
        Assert.Equal(acknowledged, AssertWhole(acknowledged));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);

    private static int Kills => int.Parse(
        Environment.GetEnvironmentVariable(KillsVariable) ?? "20", CultureInfo.InvariantCulture);

    private static string Writer => typeof(CrashExperience).Assembly.Location;

    private static Process Start(string file, params string[] arguments)
    {
        // The runtime keeps its code in a large file that exists in memory only; a limit on file sizes would stop it at
        // once.
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<long> ReadRecordsAsync(Process writer) =>
        long.Parse(
            (await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!,
            CultureInfo.InvariantCulture);

    private void CreateTable(TableSpec spec) => FileReplayStore.Create(
        _directory, Blocking.Manifest(spec), new FileStoreOptions()).Dispose();

    private ReplayTable OpenTable() => Blocking.Open(FileReplayStore.Open(_directory, new FileStoreOptions()));

    private void AssertBeforeOrAtMark(long before, long mark)
    {
        using var table = OpenTable();
        var marks = table.Marks.ListAsync().Now();
        Assert.Contains(marks, m => m.Mark.Records == mark);
        if (table.Records == before)
        {
            Assert.Contains(marks, m => m.Mark.Records == before);
        }

        if (table.Records == mark)
        {
            Assert.DoesNotContain(marks, m => m.Mark.Records > mark);
            var (then, point) = table.Marks.PrepareRewindAsync(mark.ToString(CultureInfo.InvariantCulture)).Now();
            Assert.Equal(
                point.Priorities, Enumerable.Range(0, table.Size).Select(i => table.Describe(i).Priority).ToArray());
            Assert.Equal(
                (then.Steps, then.OldestStep, then.Episodes, then.Sampled, point.MaxPriority),
                (table.Steps, table.OldestStep, table.Episodes, table.Store.Sampled, table.Priorities!.Max));
        }

        Assert.True(
            table.Records == before || table.Records == mark,
            $"Neither {before} nor {mark} records are there, but {table.Records}.");
    }

    private long AssertWhole(long acknowledged)
    {
        using var table = OpenTable();
        Assert.True(
            table.Records >= acknowledged, $"{acknowledged} records were acknowledged, {table.Records} are there.");
        var width = table.Spec.ObservationBytes;
        var expected = new byte[width];
        var batch = new TransitionBuffer(1, width);
        var steps = Enumerable.Range(0, (int)Math.Min(table.Records, 4000)).Select(i => table.Records - 1 - i)
            .Where(n => CrashExperience.Record(n).Flags != StepFlags.First)
            .Take(table.Spec.Capacity).Reverse().ToList();
        Assert.Equal(steps.Count, table.Size);
        for (var i = 0; i < table.Size; i++)
        {
            var number = steps[i];
            var record = CrashExperience.Record(number);
            table.Read([i], batch);
            var info = table.Describe(i);
            Assert.Equal(
                (number, record.Action, record.Reward, record.Flags),
                (batch.Records[0], batch.Actions[0], batch.Rewards[0], batch.Flags[0]));
            Assert.Equal(record.Lane, info.Stored.Lane);
            CrashExperience.Observe(number, expected);
            Assert.True(
                expected.AsSpan().SequenceEqual(batch.NextObservations),
                $"The observation of record {number} is torn.");
            CrashExperience.Observe(number - CrashExperience.Lanes, expected);
            Assert.True(
                expected.AsSpan().SequenceEqual(batch.Observations),
                $"The observation before record {number} is torn.");
            Assert.True(info.Priority == CrashExperience.Priority(number) || info.Priority == info.Stored.Priority);
        }

        return table.Records;
    }
}
