using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using FsCheck;
using FsCheck.Fluent;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests.Engines;

/// <summary>What a table does, whichever engine it has.</summary>
public abstract class EngineTests
{
    private readonly Dictionary<ReplayTable, string> _names = [];

    /// <summary>Histories that are tried.</summary>
    protected virtual int Histories => 100;

    [Fact]
    public void AnyEpisodes_ClosedAndOpenedAnywhere_GiveTheTransitionsOfWholeEpisodes()
    {
        // A seed is a whole history and a view of it.
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            seed =>
            {
                var random = new Pcg64(seed);
                var capacity = (int)random.Integers(1, 60);
                var spec = new TableSpec(3, capacity) { MaxStack = (int)random.Integers(1, 4) };
                var view = TransitionViewTests.RandomSpec(random, spec.MaxStack);
                var naive = new NaiveTable(capacity);
                var table = Create(spec);
                foreach (var block in Random(random, lanes: (int)random.Integers(1, 6), records: 100))
                {
                    Append(table, naive, block);
                    if (random.NextDouble() < 0.3)
                    {
                        table = Reopen(table);
                    }

                    AssertSame(naive, table, view);
                }

                table.Dispose();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));
    }

    [Fact]
    public void ManyRoundsOfTheRing_KeepTheNewestSteps()
    {
        var spec = new TableSpec(5000, 300) { MaxStack = 2 };
        var naive = new NaiveTable(spec.Capacity);
        var table = Create(spec);
        foreach (var block in Random(new Pcg64(3), lanes: 3, records: 3 * spec.Slots, width: 5000))
        {
            Append(table, naive, block);
        }

        var transitions = new TransitionSpec { Stack = 2, Steps = 3 };
        AssertSame(naive, table, transitions);
        var before = (table.Records, table.Steps, table.Episodes);

        using var again = Reopen(table);

        Assert.Equal(before, (again.Records, again.Steps, again.Episodes));
        AssertSame(naive, again, transitions);
        AssertSame(
            naive, again, new TransitionSpec { Stack = 2, Padding = StackPadding.Zero, Layout = BatchLayout.Window });
    }

    [Fact]
    public async Task PrioritiesAndCounters_AreThereAgain()
    {
        var spec = new TableSpec(3, 20) { PriorityExponent = 0.7 };
        var table = Create(spec);
        table.Append([First(0), .. Enumerable.Repeat(new StepRecord(0, 1, 0, StepFlags.None), 30)], new byte[31 * 3]);
        foreach (var priority in new[] { 50f, 0.5f })
        {
            var change = table.UpdatePriorities([20, 25, 3], [priority, 0, 7]);
            await table.Store.SavePrioritiesAsync(
                change.Steps, change.Priorities, TestContext.Current.CancellationToken);
            Assert.Equal(1, change.Stale);
        }

        table.Append([new StepRecord(0, 1, 0, StepFlags.None)], new byte[3]);
        table.Store.Sampled = 77;
        var expected = Priorities(table);

        using var again = Reopen(table);

        Assert.Equal(expected, Priorities(again));
        Assert.Contains(0.5f, expected);
        Assert.Equal((50f, 50f, 77L), (expected[^1], again.Priorities!.Max, again.Store.Sampled));

        static float[] Priorities(ReplayTable table) =>
            [.. Enumerable.Range(0, table.Size).Select(i => table.Describe(i).Priority)];
    }

    [Fact]
    public void ASamplerGoesOn_WithTheSameBatches_InATableThatWasOpenedAgain()
    {
        var spec = new TableSpec(90, 200) { MaxStack = 4, PriorityExponent = 0.6 };
        var table = Create(spec);
        foreach (var block in Random(new Pcg64(5), lanes: 2, records: 500, width: 90))
        {
            table.Append([.. block.Select(r => r.Record)], [.. block.SelectMany(r => r.Observation)]);
        }

        var state = Batches(table, new PrioritizedSampler(new Pcg64(1)), 3).State;
        var expected = Batches(table, new PrioritizedSampler(new Pcg64(state.Random!.Value)), 5);

        using var again = Reopen(table);

        Assert.Equal(expected.Bytes, Batches(again, new PrioritizedSampler(new Pcg64(state.Random!.Value)), 5).Bytes);
    }

    [Fact]
    public void ABadRecord_LeavesTheTableAsItWas()
    {
        var table = Create(new TableSpec(3, 10));
        table.Append([First(0), new StepRecord(0, 1, 2, StepFlags.None)], [1, 1, 1, 2, 2, 2]);

        Assert.Throws<ReplayRecordException>(
            () => table.Append([new StepRecord(0, 1, float.NaN, StepFlags.None)], [3, 3, 3]));
        table.Append([new StepRecord(0, 3, 4, StepFlags.Truncated)], [4, 4, 4]);

        using var again = Reopen(table);
        Assert.Equal((3L, 2), (again.Records, again.Size));
        Assert.Equal([4, 4, 4], Read(again, 1).NextObservations);
    }

    [Fact]
    public void WhatIsReadOneByOne_IsWhatWasAppended()
    {
        var table = Create(new TableSpec(7056, 50));
        var frames = Enumerable.Range(0, 3).Select(
            i => Enumerable.Range(0, 7056).Select(p => (byte)(p / 84 * i)).ToArray()).ToArray();
        table.Append(
            [First(0), new StepRecord(0, 0, 0, StepFlags.None), new StepRecord(0, 0, 0, StepFlags.None)],
            [.. frames.SelectMany(f => f)]);

        using var again = Reopen(table);

        var frame = new byte[7056];
        for (var i = 0; i < frames.Length; i++)
        {
            again.Store.Read(i, frame);
            Assert.Equal(frames[i], frame);
        }
    }

    [Fact]
    public async Task TheSameObservation_MayBeWantedManyTimesAtOnce()
    {
        using var table = Reopen(Filled());
        var first = new byte[6];
        var second = new byte[3];

        await table.Store.ReadAsync(
            new ObservationRead[] { new(1, first.AsMemory(0, 3)), new(0, second), new(1, first.AsMemory(3)) },
            TestContext.Current.CancellationToken);

        Assert.Equal([2, 2, 2, 2, 2, 2], first);
        Assert.Equal([1, 1, 1], second);

        ReplayTable Filled()
        {
            var filled = Create(new TableSpec(3, 10));
            filled.Append([First(0), new StepRecord(0, 1, 2, StepFlags.None)], [1, 1, 1, 2, 2, 2]);
            return filled;
        }
    }

    [Fact]
    public async Task AMark_IsThereAgain_AndTheTableIsRewoundToIt()
    {
        var table = Create(new TableSpec(3, 100) { PriorityExponent = 1, RewindSteps = 50 });
        table.Append([First(0), new StepRecord(0, 1, 2, StepFlags.None)], [1, 1, 1, 2, 2, 2]);
        await table.Marks.SaveAsync("here", TestContext.Current.CancellationToken);
        table.Append([new StepRecord(0, 1, 3, StepFlags.None)], [3, 3, 3]);
        await table.Marks.SaveAsync("later", TestContext.Current.CancellationToken);

        table = Reopen(table);
        Assert.Equal(
            ["here", "later"],
            (await table.Marks.ListAsync(TestContext.Current.CancellationToken)).Select(m => m.Name));
        await table.Marks.RewindAsync("here", TestContext.Current.CancellationToken);
        table = Reopen(table);

        Assert.Equal((2L, 1), (table.Records, table.Size));
        Assert.Equal(
            ["here"], (await table.Marks.ListAsync(TestContext.Current.CancellationToken)).Select(m => m.Name));
        table.Append([new StepRecord(0, 1, 9, StepFlags.Terminated)], [9, 9, 9]);
        Assert.Equal([9, 9, 9], Read(table, 1).NextObservations);
        table.Dispose();
    }

    [Fact]
    public async Task ATableOfAnotherEngine_IsImported()
    {
        var folder = Directory.CreateTempSubdirectory("dqn-import-").FullName;
        try
        {
            // The ring has gone round, so the first record that there is has another number than 0.
            var spec = new TableSpec(3, 100) { MaxStack = 2, PriorityExponent = 0.5 };
            var naive = new NaiveTable(spec.Capacity);
            var files = new FileReplayEngine(folder, new FileStoreOptions { ResidentBytes = 1 << 20 });
            using (var table = files.Create("source", spec))
            {
                foreach (var block in Random(new Pcg64(9), lanes: 2, records: 2 * spec.Slots))
                {
                    Append(table, naive, block);
                }

                var change = table.UpdatePriorities([table.Describe(20).Record], [9]);
                await table.Store.SavePrioritiesAsync(
                    change.Steps, change.Priorities, TestContext.Current.CancellationToken);
                table.Store.Sampled = 5;
            }

            var name = NewName();
            using (var source = await files.OpenAsync("source", TestContext.Current.CancellationToken))
            {
                var import = async () => await Engine.ImportAsync(name, source, TestContext.Current.CancellationToken);
                if (!IsDurable)
                {
                    await Assert.ThrowsAsync<ReplayStoreException>(import);
                    return;
                }

                await import();
            }

            using var imported = Engine.Open(name);
            Assert.Equal(
                (9f, 5L, 9f), (imported.Describe(20).Priority, imported.Store.Sampled, imported.Priorities!.Max));
            AssertSame(naive, imported, new TransitionSpec { Stack = 2, Steps = 2 });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void ATableThatWasDeleted_IsNotThere_AndItsNameIsFree()
    {
        var name = NewName();
        using (var table = Engine.Create(name, new TableSpec(3, 10)))
        {
            table.Append([First(0)], [1, 1, 1]);
        }

        Assert.Equal(IsDurable, Engine.Contains(name));
        Assert.Equal(IsDurable, Engine.Delete(name));
        Assert.False(Engine.Contains(name));
        Assert.False(Engine.Delete(name));
        Assert.Throws<ReplayStoreException>(() => Engine.Open(name));
        using var again = Engine.Create(name, new TableSpec(3, 10));
        Assert.Equal(0, again.Records);
    }

    /// <summary>Whether a table can be opened again.</summary>
    protected virtual bool IsDurable => true;

    /// <summary>The engine.</summary>
    protected abstract IReplayEngine Engine { get; }

    /// <summary>A name that no other table of the engine has.</summary>
    protected virtual string NewName() => $"{_names.Count}";

    private ReplayTable Create(TableSpec spec)
    {
        var name = NewName();
        var table = Engine.Create(name, spec);
        _names.Add(table, name);
        return table;
    }

    /// <summary>
    /// Closes a table and opens it as another process would; an engine that keeps nothing gives it back as it is.
    /// </summary>
    private ReplayTable Reopen(ReplayTable table)
    {
        if (!table.Store.IsDurable)
        {
            return table;
        }

        table.Dispose();
        var again = Engine.Open(_names[table]);
        _names.Add(again, _names[table]);
        return again;
    }

    private static TransitionBuffer Read(ReplayTable table, int index)
    {
        var batch = new TransitionBuffer(1, table.Spec.ObservationBytes);
        table.Read([index], batch);
        return batch;
    }

    private static (byte[] Bytes, SamplerState State) Batches(ReplayTable table, ISampler sampler, int count)
    {
        var spec = new TransitionSpec { Stack = 4, Layout = BatchLayout.Window };
        var view = new TransitionView(table, spec);
        var batch = new TransitionBuffer(8, table.Spec.ObservationBytes, spec);
        var bytes = new List<byte>();
        for (var i = 0; i < count; i++)
        {
            sampler.Sample(view, batch.Indices, batch.Weights);
            view.Read(batch.Indices, batch);
            bytes.AddRange(batch.Observations);
        }

        return ([.. bytes], sampler.State);
    }
}
