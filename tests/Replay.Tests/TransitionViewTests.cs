using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using FsCheck;
using FsCheck.Fluent;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests;

public sealed class TransitionViewTests
{
    [Fact]
    public void AnyEpisodes_InAnyView_GiveTheTransitionsOfWholeEpisodes()
    {
        // A seed is a whole history and a view of it: lanes, lengths, ends, blocks, stack, padding, return, layout.
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            seed =>
            {
                var random = new Pcg64(seed);
                var capacity = (int)random.Integers(1, 60);
                var table = new ReplayTable(new TableSpec(3, capacity) { MaxStack = (int)random.Integers(1, 6) });
                var spec = RandomSpec(random, table.Spec.MaxStack);
                var naive = new NaiveTable(capacity);
                foreach (var block in Histories.Random(random, lanes: (int)random.Integers(1, 6), records: 300))
                {
                    Append(table, naive, block);
                    AssertSame(naive, table, spec);
                }
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void StacksAndReturns_AreRight_AfterTheRingHasWrapped()
    {
        // 5 % of the slots of a large observation's ring: several rounds, with a ring that has room for few starts.
        var spec = new TableSpec(5000, 500) { MaxStack = 4 };
        var table = new ReplayTable(spec);
        var naive = new NaiveTable(spec.Capacity);
        foreach (var block in Histories.Random(new Pcg64(3), lanes: 3, records: 3 * spec.Slots, width: 5000))
        {
            Append(table, naive, block);
        }

        Assert.Equal(spec.Capacity, table.Size);
        AssertSame(naive, table, new TransitionSpec { Stack = 4, Steps = 3, Discount = 0.9 });
        AssertSame(
            naive, table, new TransitionSpec { Stack = 4, Padding = StackPadding.Zero, Layout = BatchLayout.Window });
    }

    [Fact]
    public void TheFirstSteps_ArePaddedAsAsked()
    {
        var table = new ReplayTable(new TableSpec(1, 10) { MaxStack = 3 });
        table.Append([First(0), Step(0), Step(0)], [7, 8, 9]);

        Assert.Equal([7, 7, 7, 7, 7, 8], Observations(new TransitionSpec { Stack = 3 }));
        Assert.Equal([0, 0, 7, 0, 7, 8], Observations(new TransitionSpec { Stack = 3, Padding = StackPadding.Zero }));
        Assert.Equal([0, 0, 7, 8, 0, 7, 8, 9], Observations(
            new TransitionSpec { Stack = 3, Padding = StackPadding.Zero, Layout = BatchLayout.Window }));

        byte[] Observations(TransitionSpec spec)
        {
            var batch = new TransitionBuffer(2, 1, spec);
            new TransitionView(table, spec).Read([0, 1], batch);
            return batch.Observations;
        }
    }

    [Fact]
    public void AReturn_StopsAtTheEpisodesEnd_AndBootstrapsOnlyWhereItWasCutOff()
    {
        // Rewards 1, 2, 4 with gamma 1/2: 1 + 1 + 1 = 3 from the first step, 2 + 2 = 4 from the second, 4 from the
        // last.
        foreach (var (end, mask) in new[] { (StepFlags.Terminated, 0f), (StepFlags.Truncated, 1f) })
        {
            var table = new ReplayTable(new TableSpec(1, 10));
            table.Append(
                [First(0), Step(1), Step(2), Step(4) with { Flags = end }, First(0), Step(100)],
                [10, 11, 12, 13, 20, 21]);
            var spec = new TransitionSpec { Steps = 3, Discount = 0.5 };
            var batch = new TransitionBuffer(3, 1, spec);
            var view = new TransitionView(table, spec);

            view.Read([0, 1, 2], batch);

            Assert.Equal([3f, 4f, 4f], batch.Rewards);
            Assert.Equal([mask * 0.125f, mask * 0.25f, mask * 0.5f], batch.Discounts);
            Assert.Equal([13, 13, 13], batch.NextObservations);
            Assert.Equal([10, 11, 12], batch.Observations);
            Assert.Equal([end, end, end], batch.Flags);
            Assert.False(view.IsComplete(3));
        }
    }

    [Fact]
    public void AnAbandonedEpisode_EndsReturnsLikeATruncatedOne()
    {
        var table = new ReplayTable(new TableSpec(1, 10));
        table.Append([First(0), Step(1), Step(2), First(0)], [1, 2, 3, 4]);
        var spec = new TransitionSpec { Steps = 5, Discount = 0.5 };
        var batch = new TransitionBuffer(2, 1, spec);

        new TransitionView(table, spec).Read([0, 1], batch);

        Assert.Equal([2f, 2f], batch.Rewards);
        Assert.Equal([0.25f, 0.5f], batch.Discounts);
        Assert.Equal([3, 3], batch.NextObservations);
    }

    [Theory]
    [InlineData(0, 1, 0.9, BatchLayout.Separate, "stack: 0")]
    [InlineData(3, 1, 0.9, BatchLayout.Separate, "stack: 3 is not a number from 1 to 2")]
    [InlineData(1, 0, 0.9, BatchLayout.Separate, "steps: 0")]
    [InlineData(1, 1, 1.1, BatchLayout.Separate, "discount: 1.1")]
    [InlineData(1, 1, double.NaN, BatchLayout.Separate, "discount: NaN")]
    [InlineData(1, 2, 0.9, BatchLayout.Window, "layout")]
    public void AnImpossibleView_IsRefused(int stack, int steps, double discount, BatchLayout layout, string named)
    {
        var table = new ReplayTable(new TableSpec(1, 10) { MaxStack = 2 });

        var error = Assert.Throws<ArgumentException>(() =>
            new TransitionView(
                table, new TransitionSpec { Stack = stack, Steps = steps, Discount = discount, Layout = layout }));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    internal static TransitionSpec RandomSpec(Pcg64 random, int maxStack)
    {
        var window = random.NextDouble() < 0.3;
        return new TransitionSpec
        {
            Stack = (int)random.Integers(1, maxStack + 1),
            Padding = random.NextDouble() < 0.5 ? StackPadding.Repeat : StackPadding.Zero,
            Steps = window ? 1 : (int)random.Integers(1, 6),
            Discount = random.Uniform(0.5, 1),
            Layout = window ? BatchLayout.Window : BatchLayout.Separate,
        };
    }

    private static StepRecord Step(float reward) => new(0, 1, reward, StepFlags.None);
}
