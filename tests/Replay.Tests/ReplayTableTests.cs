using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Sampling;
using FsCheck;
using FsCheck.Fluent;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests;

public sealed class ReplayTableTests
{
    private const int Width = 3;

    [Fact]
    public void AnyEpisodes_OnAnyLanes_GiveTheTransitionsOfABoundedQueue()
    {
        // A seed is a whole history: lanes, lengths, ends, blocks.
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            seed =>
            {
                var random = new Pcg64(seed);
                var capacity = (int)random.Integers(1, 60);
                var lanes = (int)random.Integers(1, 6);
                var table = new ReplayTable(new TableSpec(Width, capacity));
                var naive = new NaiveTable(capacity);
                foreach (var block in Histories.Random(random, lanes, records: 400))
                {
                    Append(table, naive, block);
                    AssertSame(naive, table, new TransitionSpec());
                }
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void CapacityIsExact_ThroughManyWraps()
    {
        var table = new ReplayTable(new TableSpec(Width, 1000));
        var naive = new NaiveTable(1000);
        foreach (var block in Histories.Random(new Pcg64(7), lanes: 2, records: 30_000))
        {
            Append(table, naive, block);
        }

        Assert.Equal(1000, table.Size);
        AssertSame(naive, table, new TransitionSpec());
    }

    [Fact]
    public void TheNewestTransition_CanBeSampledAtOnce()
    {
        var table = new ReplayTable(new TableSpec(Width, 10));
        table.Append([First(0)], [1, 1, 1]);
        Assert.Equal(0, table.Size);

        table.Append([new StepRecord(0, 2, 0.5f, StepFlags.None)], [2, 2, 2]);

        var batch = Read(table, 0);
        Assert.Equal(1, table.Size);
        Assert.Equal([1, 1, 1], batch.Observations);
        Assert.Equal([2, 2, 2], batch.NextObservations);
        Assert.Equal(
            (2, 0.5f, StepFlags.None, 1L), (batch.Actions[0], batch.Rewards[0], batch.Flags[0], batch.Records[0]));
    }

    [Fact]
    public void ATruncatedEpisode_KeepsItsTrueLastObservation()
    {
        var table = new ReplayTable(new TableSpec(Width, 10));
        table.Append(
            [First(0), new StepRecord(0, 0, 1, StepFlags.Truncated), First(0), new StepRecord(0, 1, 2, StepFlags.None)],
            [1, 1, 1, 9, 9, 9, 5, 5, 5, 6, 6, 6]);

        Assert.Equal([9, 9, 9], Read(table, 0).NextObservations);
        Assert.Equal([5, 5, 5], Read(table, 1).Observations);
        Assert.Equal(2, table.Episodes);
    }

    [Fact]
    public void AnAbandonedEpisode_NeverJoinsTheNextOne()
    {
        var table = new ReplayTable(new TableSpec(Width, 10));
        table.Append(
            [First(0), new StepRecord(0, 0, 1, StepFlags.None), First(0), new StepRecord(0, 1, 2, StepFlags.None)],
            [1, 1, 1, 2, 2, 2, 5, 5, 5, 6, 6, 6]);

        Assert.Equal(2, table.Size);
        Assert.Equal([5, 5, 5], Read(table, 1).Observations);
    }

    [Fact]
    public void AStepAfterALongSilence_IsNotSampled_WhenItsSourceMayBeGone()
    {
        var table = new ReplayTable(new TableSpec(Width, 10));
        table.Append([First(1)], [1, 1, 1]);
        table.Append([First(0)], [2, 2, 2]);
        for (var i = 0; i < 20_000; i++)
        {
            table.Append([new StepRecord(0, 0, 0, StepFlags.None)], [3, 3, 3]);
        }

        table.Append([new StepRecord(1, 7, 0, StepFlags.None)], [4, 4, 4]);
        table.Append([new StepRecord(1, 8, 0, StepFlags.None)], [5, 5, 5]);

        // The first of the two is left out; the second begins where the first one led.
        Assert.Equal([8], Enumerable.Range(0, table.Size).Select(i => Read(table, i).Actions[0]).Where(a => a > 0));
        Assert.Equal([4, 4, 4], Read(table, table.Size - 1).Observations);
    }

    [Theory]
    [InlineData(1024, 0, 0f, 0, "lanes[1]: 1024")]
    [InlineData(-1, 0, 0f, 0, "lanes[1]: -1")]
    [InlineData(0, -1, 0f, 0, "actions[1]: -1")]
    [InlineData(0, 0, float.NaN, 0, "rewards[1]: NaN")]
    [InlineData(0, 0, float.PositiveInfinity, 0, "rewards[1]")]
    [InlineData(0, 0, 0f, 5, "flags[1]: 5")]
    [InlineData(0, 0, 0f, 8, "flags[1]: 8")]
    [InlineData(3, 0, 0f, 0, "lanes[1]: lane 3 has no episode")]
    public void ABadRecord_IsNamed_AndNothingOfItsBlockStays(
        int lane, int action, float reward, byte flags, string message)
    {
        var table = new ReplayTable(new TableSpec(Width, 10));
        var error = Assert.Throws<ReplayRecordException>(() =>
            table.Append([First(0), new StepRecord(lane, action, reward, (StepFlags)flags)], new byte[2 * Width]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0L, 0L), (table.Size, table.Records, table.Episodes));
        Assert.Throws<ReplayRecordException>(
            () => table.Append([new StepRecord(0, 0, 0, StepFlags.None)], new byte[Width]));
    }

    [Fact]
    public void AStepAfterTheEnd_NeedsANewEpisode()
    {
        var table = new ReplayTable(new TableSpec(Width, 10));
        table.Append([First(0), new StepRecord(0, 0, 0, StepFlags.Terminated)], new byte[2 * Width]);

        Assert.Throws<ReplayRecordException>(
            () => table.Append([new StepRecord(0, 0, 0, StepFlags.None)], new byte[Width]));
    }

    [Fact]
    public void WrongObservationSize_IsNamed()
    {
        var table = new ReplayTable(new TableSpec(Width, 10));

        var error = Assert.Throws<ReplayRecordException>(() => table.Append([First(0)], new byte[Width + 1]));

        Assert.Contains(
            "1 records of 3 bytes each were expected, not 4 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_IsTakenAsItIsUsed_AndNeverMoreThanTheSlots()
    {
        var spec = new TableSpec(7056, 10_000);
        var table = new ReplayTable(spec);
        table.Append([First(0)], new byte[7056]);
        Assert.InRange(table.Store.MemoryBytes, 7056, 2 << 20);

        for (var i = 0; i < 40_000; i++)
        {
            table.Append([new StepRecord(0, 0, 0, StepFlags.None)], new byte[7056]);
        }

        Assert.InRange(table.Store.MemoryBytes, 10_000L * 7056, (spec.Slots * 7056L) + (1 << 20));
    }

    [Fact]
    public void AppendingAndSampling_AllocateNothing()
    {
        var table = new ReplayTable(new TableSpec(Width, 100));
        var sampler = new UniformSamplerWithoutReplacement(new Pcg64(1));
        var batch = new TransitionBuffer(32, Width);
        var view = new TransitionView(table, new TransitionSpec());
        StepRecord[] step = [new StepRecord(0, 0, 0, StepFlags.None)];
        var observation = new byte[Width];
        table.Append([First(0)], observation);
        for (var i = 0; i < 20_000; i++)
        {
            table.Append(step, observation);
        }

        for (var i = 0; i < 100; i++)
        {
            sampler.Sample(view, batch.Indices, batch.Weights);
            Assert.True(view.ReadAsync(batch.Indices, batch, CancellationToken.None).IsCompletedSuccessfully);
        }

        var cancellation = TestContext.Current.CancellationToken;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Assert.True(table.AppendAsync(step, observation, cancellation).IsCompleted);
            sampler.Sample(view, batch.Indices, batch.Weights);
            Assert.True(view.ReadAsync(batch.Indices, batch, CancellationToken.None).IsCompletedSuccessfully);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TransitionBuffer Read(ReplayTable table, int index)
    {
        var batch = new TransitionBuffer(1, Width);
        table.Read([index], batch);
        return batch;
    }
}
