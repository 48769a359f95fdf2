using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Tests.Redis;
using FsCheck;
using FsCheck.Fluent;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests;

/// <summary>A table that went back to a mark is the table that never went on.</summary>
[Trait("Category", "Slow")]
public sealed class MarkTests(RedisEngine redis) : IDisposable
{
    private const int Width = 3;
    private const int BatchSize = 8;

    private readonly string _root = Directory.CreateTempSubdirectory("dqn-marks-").FullName;
    private readonly string _prefix = redis.NewName();
    private readonly Lazy<RedisReplayEngine> _tables = new(() => redis.ConnectAsync().GetAwaiter().GetResult());

    /// <summary>Where records lie.</summary>
    public enum Engine
    {
        Memory,
        Files,
        Redis,
    }

    [Theory]
    [InlineData(Engine.Memory)]
    [InlineData(Engine.Files)]
    [InlineData(Engine.Redis)]
    public void AnyHistory_GoneBackToAMark_GoesOnAsIfItHadNeverStopped(Engine engine)
    {
        var count = 0;
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            seed =>
            {
                var random = new Pcg64(seed);
                var spec = new TableSpec(Width, (int)random.Integers(1, 300))
                {
                    MaxStack = (int)random.Integers(1, 4),
                    PriorityExponent = random.NextDouble() < 0.7 ? 0.6 : 0,
                    RewindSteps = (int)random.Integers(10, 200),
                };
                var transitions = TransitionViewTests.RandomSpec(random, spec.MaxStack);
                // From a table that fills to one whose ring has gone round.
                var before = (int)(
                    random.NextDouble() < 0.3 ? spec.Slots + random.Integers(0, 2000) : random.Integers(0, 1000));
                var after = (int)random.Integers(1, 2 * spec.RewindSteps);
                var blocks = Histories.Random(random, lanes: (int)random.Integers(1, 6), before + after).ToList();
                var marked = blocks.TakeWhile((_, i) => blocks.Take(i).Sum(b => b.Count) < before).Count();

                var directory = Path.Combine(_root, $"{count++}");
                var table = Open(spec, engine, directory);
                Go(table, blocks[..marked], Sampler(spec), transitions, seed);
                Mark(table, "here");
                var then = Contents(table, transitions);
                var sampler = Sampler(spec);
                var state = sampler.State.ToBytes();
                var expected = Go(table, blocks[marked..], sampler, transitions, seed + 1);
                var end = Contents(table, transitions);
                for (var again = 0; again < 2; again++)
                {
                    table = MaybeReopen(table);
                    Rewind(table, "here");
                    table = MaybeReopen(table);
                    AssertSame(then, Contents(table, transitions));
                    sampler = Sampler(spec);
                    sampler.State = SamplerState.FromBytes(state);
                    AssertSame(expected, Go(table, blocks[marked..], sampler, transitions, seed + 1));
                    AssertSame(end, Contents(table, transitions));
                }

                table.Dispose();

                ReplayTable MaybeReopen(ReplayTable open)
                {
                    if (engine == Engine.Memory || random.NextDouble() < 0.5)
                    {
                        return open;
                    }

                    open.Dispose();
                    return Open(spec, engine, directory);
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(engine == Engine.Redis ? 15 : 100));
    }

    [Fact]
    public void RoomForGoingBack_ChangesNothingThatIsSampled()
    {
        var transitions = new TransitionSpec { Stack = 2, Steps = 3 };
        var blocks = Histories.Random(new Pcg64(4), lanes: 3, records: 25_000).ToList();
        var without = new TableSpec(Width, 500) { MaxStack = 2, PriorityExponent = 0.5 };
        var with = without with { RewindSteps = 2000 };

        var expected = new ReplayTable(without);
        var table = new ReplayTable(with);

        AssertSame(
            Go(expected, blocks, Sampler(without), transitions, 1), Go(table, blocks, Sampler(with), transitions, 1));
        AssertSame(Contents(expected, transitions), Contents(table, transitions));
    }

    [Theory]
    [InlineData(Engine.Memory)]
    [InlineData(Engine.Files)]
    [InlineData(Engine.Redis)]
    public void RecordsThatWereOverwritten_AreTold_EvenAfterGoingBackLessFar(Engine engine)
    {
        var spec = new TableSpec(Width, 100) { RewindSteps = 50 };
        var directory = Path.Combine(_root, "overwritten");
        var table = Open(spec, engine, directory);
        AppendSteps(table, 2 * spec.Slots);
        Mark(table, "old");
        AppendSteps(table, 10);
        Mark(table, "new");
        var appended = 0;
        for (; CanRewind("old"); appended++)
        {
            table.Append([new StepRecord(0, 1, 2, StepFlags.None)], [1, 2, 3]);
        }

        Assert.True(appended >= spec.RewindSteps);
        var records = table.Records;
        var refused = Assert.Throws<ReplayMarkException>(() => Rewind(table, "old"));
        Assert.False(refused.IsUnknown);
        Assert.Contains(
            $"{appended + 9} steps came since, and the table was made with rewind_steps (RewindSteps) of 50",
            refused.Message,
            StringComparison.Ordinal);
        Assert.Equal((records, 100), (table.Records, table.Size));

        Rewind(table, "new");
        Assert.False(CanRewind("old"));
        if (engine != Engine.Memory)
        {
            table.Dispose();
            table = Open(spec, engine, directory);
        }

        // As few records as when the mark could be gone back to, and those that it needs are not there.
        Assert.False(CanRewind("old"));
        Rewind(table, "new");
        Assert.Equal(100, table.Size);
        table.Dispose();

        bool CanRewind(string name)
        {
            try
            {
                table.Marks.PrepareRewindAsync(name).Now();
                return true;
            }
            catch (ReplayMarkException)
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData(Engine.Memory)]
    [InlineData(Engine.Files)]
    [InlineData(Engine.Redis)]
    public void MarksOfRecordsThatAreGone_AreGone_AndOthersStay(Engine engine)
    {
        using var table = Open(new TableSpec(Width, 100), engine, Path.Combine(_root, "marks"));
        Mark(table, "empty");
        AppendSteps(table, 10);
        Mark(table, "a");
        Mark(table, "b");
        AppendSteps(table, 10);
        Mark(table, "c");
        Mark(table, "b");
        Assert.Equal([("a", 10L, 9), ("b", 20L, 18), ("c", 20L, 18), ("empty", 0L, 0)], Listed(table));

        Rewind(table, "a");

        Assert.Equal([("a", 10L, 9), ("empty", 0L, 0)], Listed(table));
        Assert.True(Assert.Throws<ReplayMarkException>(() => Rewind(table, "c")).IsUnknown);
        Assert.True(table.Marks.DropAsync("a", TestContext.Current.CancellationToken).Now());
        Assert.False(table.Marks.DropAsync("a", TestContext.Current.CancellationToken).Now());
        Rewind(table, "empty");
        Assert.Equal((0L, 0, 0L), (table.Records, table.Size, table.Episodes));
        AppendSteps(table, 5);
        Assert.Equal(4, table.Size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void ANameThatCannotBe_IsRefused(string name)
    {
        using var table = new ReplayTable(new TableSpec(Width, 10));

        var error = Assert.Throws<ArgumentException>(() => Mark(table, name));

        Assert.Contains($"'{name}' is not a mark's name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedMark_IsTold_AndTheTableStays()
    {
        var directory = Path.Combine(_root, "damaged");
        using var table = Open(new TableSpec(Width, 100) { PriorityExponent = 1 }, Engine.Files, directory);
        AppendSteps(table, 10);
        Mark(table, "good");
        Mark(table, "bad");
        var path = Path.Combine(directory, "mark-bad.bin");
        var whole = File.ReadAllBytes(path);
        AppendSteps(table, 1);
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = i % 2 == 0 ? whole[..i] : whole.ToArray();
            damaged.AsSpan(Math.Min(i, damaged.Length)).Fill(0x5A);
            File.WriteAllBytes(path, damaged);
            var error = Assert.Throws<ReplayStoreException>(() => Rewind(table, "bad"));
            Assert.StartsWith("Mark 'bad' is damaged", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(11, table.Records);
        Rewind(table, "good");
        Assert.Equal(10, table.Records);
        // It may be there for somebody who can repair it.
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData(Engine.Files)]
    [InlineData(Engine.Redis)]
    public async Task ATableThatIsBeingCopied_DoesNotGoBack(Engine engine)
    {
        using var table = Open(new TableSpec(Width, 100), engine, Path.Combine(_root, "copied"));
        AppendSteps(table, 10);
        Mark(table, "here");
        AppendSteps(table, 10);
        var copy = table.Store.BeginCopy(Path.Combine(_root, "copy"))!;

        Assert.Contains(
            "is being copied",
            Assert.Throws<ReplayMarkException>(() => Rewind(table, "here")).Message,
            StringComparison.Ordinal);
        Assert.Equal(20, table.Records);

        await copy.RunAsync(TestContext.Current.CancellationToken);
        Rewind(table, "here");
        Assert.Equal(10, table.Records);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ReplayTable Open(TableSpec spec, Engine engine, string directory)
    {
        if (engine == Engine.Memory)
        {
            return new ReplayTable(spec);
        }

        IReplayEngine tables = engine == Engine.Redis
            ? _tables.Value
            : new FileReplayEngine(_root, new FileStoreOptions { ResidentBytes = 1 << 20 });
        var name = Path.GetFileName(directory);
        name = engine == Engine.Redis ? $"{_prefix}/{name}" : name;
        return tables.Contains(name) ? tables.Open(name) : tables.Create(name, spec);
    }

    private static ISampler Sampler(TableSpec spec) =>
        spec.PriorityExponent > 0 ? new PrioritizedSampler(new Pcg64(3)) : new UniformSampler(new Pcg64(3));

    /// <summary>An episode in lane 0, begun anew with each call.</summary>
    private static void AppendSteps(ReplayTable table, int records)
    {
        for (var i = 0; i < records; i++)
        {
            table.Append([i == 0 ? First(0) : new StepRecord(0, 1, i, StepFlags.None)], [1, 2, 3]);
        }
    }

    /// <summary>Appends, samples and changes priorities, as a learner does.</summary>
    /// <returns>Every batch.</returns>
    private static byte[] Go(
        ReplayTable table,
        IEnumerable<List<(StepRecord Record, byte[] Observation)>> blocks,
        ISampler sampler,
        TransitionSpec spec,
        uint seed)
    {
        var random = new Pcg64(seed);
        var view = new TransitionView(table, spec);
        var buffer = new TransitionBuffer(BatchSize, Width, spec);
        using var batches = new MemoryStream();
        using var writer = new BinaryWriter(batches);
        foreach (var block in blocks)
        {
            table.Append([.. block.Select(r => r.Record)], [.. block.SelectMany(r => r.Observation)]);
            if (!sampler.CanSample(view, BatchSize) || random.NextDouble() < 0.7)
            {
                continue;
            }

            sampler.Sample(view, buffer.Indices, buffer.Weights);
            view.Read(buffer.Indices, buffer);
            table.Store.Sampled += BatchSize;
            Write(writer, buffer, BatchSize);
            if (table.Priorities is not null)
            {
                var change = table.UpdatePriorities(
                    buffer.Records, [.. buffer.Records.Select(
                        _ => random.NextDouble() < 0.1 ? 0 : (float)random.Uniform(0, 5))]);
                table.Store
                    .SavePrioritiesAsync(change.Steps, change.Priorities, TestContext.Current.CancellationToken).Now();
            }
        }

        return batches.ToArray();
    }

    /// <summary>All that there is to know of a table but how often its transitions were sampled.</summary>
    private static byte[] Contents(ReplayTable table, TransitionSpec spec)
    {
        using var contents = new MemoryStream();
        using var writer = new BinaryWriter(contents);
        writer.Write(table.Records);
        writer.Write(table.Steps);
        writer.Write(table.OldestStep);
        writer.Write(table.Episodes);
        writer.Write(table.Store.Sampled);
        writer.Write(table.Priorities?.Max ?? 0);
        writer.Write(table.Priorities?.Tree.Total ?? 0);
        for (var i = 0; i < table.Size; i++)
        {
            writer.Write($"{table.Describe(i) with { TimesSampled = 0 } with { Stored = default }}");
            var stored = table.Describe(i).Stored;
            writer.Write(
                $"{stored.Lane} {stored.Episode} {stored.EpisodeStep} {stored.Flags} {stored.Back} {stored.Step} "
                + $"{stored.Priority}");
        }

        var view = new TransitionView(table, spec);
        var complete = Enumerable.Range(0, table.Size).Where(view.IsComplete).ToArray();
        var buffer = new TransitionBuffer(complete.Length, Width, spec);
        view.Read(complete, buffer);
        Write(writer, buffer, complete.Length);
        return contents.ToArray();
    }

    private static void Write(BinaryWriter writer, TransitionBuffer buffer, int count)
    {
        writer.Write(buffer.Observations);
        writer.Write(buffer.NextObservations);
        for (var i = 0; i < count; i++)
        {
            writer.Write(buffer.Records[i]);
            writer.Write(buffer.Actions[i]);
            writer.Write(buffer.Rewards[i]);
            writer.Write(buffer.Discounts[i]);
            writer.Write((byte)buffer.Flags[i]);
            writer.Write(buffer.Weights[i]);
        }
    }

    private static void AssertSame(byte[] expected, byte[] actual) =>
        Assert.True(
            expected.AsSpan().SequenceEqual(actual),
            $"They differ from byte {expected.AsSpan().CommonPrefixLength(actual)} of {expected.Length} on.");

    private static List<(string Name, long Records, int Size)> Listed(ReplayTable table) =>
        [.. table.Marks.ListAsync().Now().Select(m => (m.Name, m.Mark.Records, m.Mark.Size))];

    private static void Mark(ReplayTable table, string name) =>
        table.Marks.SaveAsync(name, TestContext.Current.CancellationToken).Now();

    private static void Rewind(ReplayTable table, string name) =>
        table.Marks.RewindAsync(name, TestContext.Current.CancellationToken).Now();
}
