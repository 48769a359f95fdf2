using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Sampling;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests;

public sealed class PrioritizedSamplerTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    public void Frequencies_FollowThePowersOfPriorities(double alpha)
    {
        var table = Table(capacity: 8, alpha, steps: 8);
        float[] priorities = [0.5f, 1, 2, 0, 4, 8, 0.25f, 3];
        table.UpdatePriorities([1, 2, 3, 4, 5, 6, 7, 8], priorities);
        var sampler = new PrioritizedSampler(new Pcg64(1));
        var view = new TransitionView(table, new TransitionSpec());
        var counts = new int[8];
        var indices = new int[4];
        var weights = new float[4];
        const int Batches = 25_000;
        for (var i = 0; i < Batches; i++)
        {
            sampler.Sample(view, indices, weights);
            foreach (var index in indices)
            {
                counts[index]++;
            }
        }

        var powers = priorities.Select(p => p > 0 ? Math.Pow(p, alpha) : 0).ToArray();
        var expected = powers.Select(p => p / powers.Sum() * Batches * 4).ToArray();
        Assert.Equal(0, counts[3]);
        // Chi-squared with 6 degrees of freedom is below 22.5 in 99.9 % of cases; equal parts of the sum only narrow
        // it.
        Assert.InRange(Enumerable.Range(0, 8).Where(i => i != 3).Sum(
            i => Math.Pow(counts[i] - expected[i], 2) / expected[i]), 0, 22.5);
    }

    [Fact]
    public void Weights_AreThoseOfTheFormula()
    {
        var table = Table(capacity: 4, alpha: 1, steps: 4);
        table.UpdatePriorities([1, 2, 3, 4], [1, 1, 2, 4]);
        var sampler = new PrioritizedSampler(new Pcg64(2)) { ImportanceExponent = 0.5 };
        var indices = new int[8];
        var weights = new float[8];

        sampler.Sample(new TransitionView(table, new TransitionSpec()), indices, weights);

        // N = 4, P = 1/8, 1/8, 1/4, 1/2; (N P)^-1/2 = sqrt 2, sqrt 2, 1, sqrt 1/2. Equal parts of 1/8: each of these is
        // drawn.
        Assert.Equal([0, 1, 2, 2, 3, 3, 3, 3], indices);
        var expected = new[] { 1, 1, Math.Sqrt(0.5), Math.Sqrt(0.5), 0.5, 0.5, 0.5, 0.5 };
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(expected[i], weights[i], 1e-6));
    }

    [Fact]
    public void NewTransitions_ComeInWithTheHighestPriorityEver()
    {
        var table = Table(capacity: 4, alpha: 1, steps: 2);
        Assert.Equal([1f, 1f], Priorities(table));
        table.UpdatePriorities([1], [5]);
        table.UpdatePriorities([1], [0.5f]);

        table.Append([new StepRecord(0, 0, 0, StepFlags.None)], [0]);

        Assert.Equal([0.5f, 1f, 5f], Priorities(table));
    }

    [Fact]
    public void StaleUpdates_AreIgnoredAndCounted()
    {
        var table = Table(capacity: 3, alpha: 1, steps: 5);

        // 0 is an episode's first record, 1 and 2 have left, 6 never was.
        var change = table.UpdatePriorities([0, 1, 2, 3, 5, 6, -1, long.MaxValue], [9, 9, 9, 2, 3, 9, 9, 9]);

        Assert.Equal(6, change.Stale);
        Assert.Equal([2, 4], change.Steps.ToArray());
        Assert.Equal([2f, 1f, 3f], Priorities(table));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.5f)]
    public void AnImpossiblePriority_IsNamed_AndNothingChanges(float priority)
    {
        var table = Table(capacity: 3, alpha: 1, steps: 3);

        var error = Assert.Throws<ReplayRecordException>(() => table.UpdatePriorities([1, 2], [7, priority]));

        Assert.StartsWith("priorities[1]", error.Message, StringComparison.Ordinal);
        Assert.Equal([1f, 1f, 1f], Priorities(table));
        Assert.Throws<ReplayRecordException>(() => table.UpdatePriorities([1, 2], [7]));
        Assert.Throws<ReplayRecordException>(() => new ReplayTable(new TableSpec(1, 3)).UpdatePriorities([1], [7]));
    }

    [Fact]
    public void WithoutAnyPriority_TransitionsAreEquallyLikely()
    {
        var table = Table(capacity: 4, alpha: 1, steps: 4);
        table.UpdatePriorities([1, 2, 3, 4], [0, 0, 0, 0]);
        var indices = new int[1000];

        new PrioritizedSampler(new Pcg64(3)).Sample(
            new TransitionView(table, new TransitionSpec()), indices, new float[1000]);

        Assert.Equal([0, 1, 2, 3], indices.Distinct().Order());
    }

    [Fact]
    public void IncompleteReturns_AreNeverDrawn_AndTheTreeIsWholeAfterwards()
    {
        var table = Table(capacity: 16, alpha: 1, steps: 10);
        table.UpdatePriorities([9, 10], [1000, 1000]);
        var view = new TransitionView(table, new TransitionSpec { Steps = 3 });
        var indices = new int[100];

        new PrioritizedSampler(new Pcg64(4)).Sample(view, indices, new float[100]);

        Assert.InRange(indices.Max(), 0, 7);
        Assert.Equal(2008, table.Priorities!.Tree.Total);
    }

    [Fact]
    public void RandomOperations_KeepTheTreeOfTheTransitionsThatAreThere()
    {
        var random = new Pcg64(5);
        var table = new ReplayTable(new TableSpec(3, 40) { PriorityExponent = 0.6 });
        var naive = new Dictionary<long, float>();
        var highest = 1f;
        foreach (var block in Histories.Random(random, lanes: 3, records: 4000))
        {
            var before = table.Records;
            table.Append([.. block.Select(r => r.Record)], [.. block.SelectMany(r => r.Observation)]);
            for (var i = 0; i < block.Count; i++)
            {
                if (block[i].Record.Flags != StepFlags.First)
                {
                    naive[before + i] = highest;
                }
            }

            naive = naive.OrderByDescending(p => p.Key).Take(40).ToDictionary();
            long[] records = [.. Enumerable.Range(0, 5).Select(_ => random.Integers(0, table.Records + 3))];
            float[] priorities = [.. records.Select(_ => (float)random.Uniform(0, 10))];
            var stale = 0;
            for (var i = 0; i < records.Length; i++)
            {
                if (naive.ContainsKey(records[i]))
                {
                    naive[records[i]] = priorities[i];
                    highest = Math.Max(highest, priorities[i]);
                }
                else
                {
                    stale++;
                }
            }

            Assert.Equal(stale, table.UpdatePriorities(records, priorities).Stale);
            Assert.Equal(
                naive.OrderBy(p => p.Key).Select(p => (p.Key, p.Value)),
                Enumerable.Range(0, table.Size).Select(i => (table.Describe(i).Record, table.Describe(i).Priority)));
            Assert.Equal(naive.Values.Sum(p => Math.Pow(p, 0.6)), table.Priorities!.Tree.Total, 1e-9);
        }
    }

    private static float[] Priorities(ReplayTable table) =>
        [.. Enumerable.Range(0, table.Size).Select(i => table.Describe(i).Priority)];

    private static ReplayTable Table(int capacity, double alpha, int steps)
    {
        var table = new ReplayTable(new TableSpec(1, capacity) { PriorityExponent = alpha });
        table.Append(
            [First(0), .. Enumerable.Repeat(new StepRecord(0, 0, 0, StepFlags.None), steps)], new byte[steps + 1]);
        return table;
    }

    [Theory]
    [InlineData(10, 6.2e30f)]
    [InlineData(10, 3.4e38f)]
    [InlineData(9, 3.4e38f)]
    public void APriorityWhosePowerIsTooLarge_IsRefused_AndNothingIsChanged(double alpha, float tooLarge)
    {
        using var table = new ReplayTable(new TableSpec(1, 10) { PriorityExponent = alpha });
        table.Append(
            [Histories.First(0), .. Enumerable.Repeat(new StepRecord(0, 1, 0, StepFlags.None), 5)], new byte[6]);

        var error = Assert.Throws<ReplayRecordException>(() => table.UpdatePriorities([1, 2, 3], [7, 8, tooLarge]));

        Assert.Contains("priorities[2]", error.Message, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(1, table.Describe(i).Priority));
        Assert.Equal(1, table.Priorities!.Max);
    }

    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(1, 3)]
    [InlineData(2, 1000)]
    [InlineData(10, 7)]
    public void AtTheLargestPriority_SumAndWeightsAreStillNumbers(double alpha, int capacity)
    {
        using var table = new ReplayTable(new TableSpec(1, capacity) { PriorityExponent = alpha });
        table.Append([Histories.First(0)], new byte[1]);
        for (var i = 0; i < capacity; i++)
        {
            table.Append([new StepRecord(0, 1, 0, StepFlags.None)], new byte[1]);
        }

        var limit = table.Priorities!.Limit;
        table.UpdatePriorities(
            [.. Enumerable.Range(1, capacity).Select(i => (long)i)], [.. Enumerable.Repeat(limit, capacity)]);
        Assert.True(double.IsFinite(table.Priorities.Tree.Total));
        Assert.False(table.Priorities.Allows(float.PositiveInfinity));
        Assert.False(table.Priorities.Allows(float.NaN));

        // And one that is as small as a number can be beside the others.
        table.UpdatePriorities([1], [float.Epsilon]);
        var view = new TransitionView(table, new TransitionSpec());
        var sampler = new PrioritizedSampler(new Pcg64(3)) { ImportanceExponent = 1 };
        var (indices, weights) = (new int[50], new float[50]);
        sampler.Sample(view, indices, weights);
        Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
    }
}
