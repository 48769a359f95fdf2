using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Sampling;
using static DqnAspire.Replay.Tests.Histories;

namespace DqnAspire.Replay.Tests;

public sealed class SamplerTests
{
    [Fact]
    public void WithoutReplacement_MatchesAWholeFisherYatesShuffle()
    {
        var meta = new Pcg64(1);
        for (var round = 0; round < 500; round++)
        {
            var size = (int)meta.Integers(1, 200);
            var batch = (int)meta.Integers(1, size + 1);
            var seed = meta.NextUInt64();
            var actual = new int[batch];
            new UniformSamplerWithoutReplacement(new Pcg64(seed)).Sample(ViewOf(size), actual, new float[batch]);

            var random = new Pcg64(seed);
            var all = Enumerable.Range(0, size).ToArray();
            for (var i = 0; i < batch; i++)
            {
                var j = (int)random.Integers(i, size);
                (all[i], all[j]) = (all[j], all[i]);
            }

            Assert.Equal(all.Take(batch), actual);
        }
    }

    [Fact]
    public void WithoutReplacement_EveryPairOfPlacesIsEquallyLikely()
    {
        const int Draws = 60_000;
        var sampler = new UniformSamplerWithoutReplacement(new Pcg64(2));
        var view = ViewOf(5);
        var counts = new int[5, 5];
        var pair = new int[2];
        var weights = new float[2];
        for (var i = 0; i < Draws; i++)
        {
            sampler.Sample(view, pair, weights);
            counts[pair[0], pair[1]]++;
        }

        // 20 ordered pairs, 3,000 expected each; chi-squared with 19 degrees of freedom is below 43.8 in 99.9 % of
        // cases.
        var statistic = 0.0;
        for (var a = 0; a < 5; a++)
        {
            Assert.Equal(0, counts[a, a]);
            for (var b = 0; b < 5; b++)
            {
                statistic += a == b ? 0 : Math.Pow(counts[a, b] - (Draws / 20.0), 2) / (Draws / 20.0);
            }
        }

        Assert.InRange(statistic, 0, 43.8);
    }

    [Fact]
    public void WithReplacement_EveryPlaceIsEquallyLikely_AndMayRepeat()
    {
        const int Draws = 50_000;
        var sampler = new UniformSampler(new Pcg64(3));
        var view = ViewOf(10);
        var counts = new int[10];
        var repeated = false;
        var pair = new int[2];
        var weights = new float[2];
        for (var i = 0; i < Draws / 2; i++)
        {
            sampler.Sample(view, pair, weights);
            counts[pair[0]]++;
            counts[pair[1]]++;
            repeated |= pair[0] == pair[1];
        }

        // Chi-squared with 9 degrees of freedom is below 27.9 in 99.9 % of cases.
        Assert.InRange(counts.Sum(c => Math.Pow(c - (Draws / 10.0), 2) / (Draws / 10.0)), 0, 27.9);
        Assert.True(repeated);
    }

    [Fact]
    public void IncompleteTransitions_AreNeverDrawn_AndTheOthersEquallyLikely()
    {
        // Two lanes of three steps each, interleaved, of which the newest of each lane misses a reward.
        var table = new ReplayTable(new TableSpec(1, 10));
        table.Append([First(0), First(1), Step(0), Step(1), Step(0), Step(1), Step(0), Step(1)], new byte[8]);
        var view = new TransitionView(table, new TransitionSpec { Steps = 2 });
        foreach (var sampler in new ISampler[] { new UniformSampler(new Pcg64(5)), new UniformSamplerWithoutReplacement(
            new Pcg64(6)) })
        {
            var counts = new int[6];
            var pair = new int[2];
            for (var i = 0; i < 20_000; i++)
            {
                sampler.Sample(view, pair, new float[2]);
                counts[pair[0]]++;
                counts[pair[1]]++;
            }

            // Chi-squared with 3 degrees of freedom is below 16.3 in 99.9 % of cases.
            Assert.InRange(counts.Take(4).Sum(c => Math.Pow(c - 10_000, 2) / 10_000), 0, 16.3);
            Assert.Equal([0, 0], counts[4..]);
        }
    }

    [Fact]
    public void Newest_GivesTheLastTransitions_NewestFirst()
    {
        var view = ViewOf(10);
        var indices = new int[3];

        new NewestSampler().Sample(view, indices, new float[3]);

        Assert.Equal([9, 8, 7], indices);
    }

    [Fact]
    public void Fifo_GivesEveryTransitionOnce_AndSkipsWhatHasLeft()
    {
        var table = new ReplayTable(new TableSpec(1, 5));
        table.Append([First(0), Step(0), Step(0), Step(0), Step(0)], new byte[5]);
        var view = new TransitionView(table, new TransitionSpec());
        var sampler = new FifoSampler();
        var indices = new int[3];

        sampler.Sample(view, indices, new float[3]);
        Assert.Equal([0, 1, 2], indices);
        Assert.False(sampler.CanSample(view, 3));
        Assert.Throws<InvalidOperationException>(() => sampler.Sample(view, indices, new float[3]));

        table.Append([Step(0), Step(0), Step(0)], new byte[3]);
        sampler.Sample(view, indices, new float[3]);
        Assert.Equal([3L, 4L, 5L], indices.Select(i => view.OldestStep + i));
        table.Append([Step(0), Step(0), Step(0), Step(0), Step(0), Step(0)], new byte[6]);
        sampler.Sample(view, indices, new float[3]);
        Assert.Equal([8L, 9L, 10L], indices.Select(i => view.OldestStep + i));
    }

    [Fact]
    public void Fifo_WaitsForAReturnToBeComplete()
    {
        var table = new ReplayTable(new TableSpec(1, 5));
        table.Append([First(0), Step(0), Step(0), Step(0)], new byte[4]);
        var view = new TransitionView(table, new TransitionSpec { Steps = 2 });

        Assert.True(new FifoSampler().CanSample(view, 2));
        Assert.False(new FifoSampler().CanSample(view, 3));
    }

    [Fact]
    public void ASampler_GoesOnFromItsState()
    {
        var view = ViewOf(50);
        foreach (var make in new Func<ISampler>[]
        {
            () =>
                new UniformSampler(new Pcg64(7)), () =>
                    new UniformSamplerWithoutReplacement(new Pcg64(7)), () =>
                        new FifoSampler(), () => new NewestSampler(),
        })
        {
            var original = make();
            var drawn = new int[5];
            original.Sample(view, drawn, new float[5]);
            var state = original.State.ToBytes();
            original.Sample(view, drawn, new float[5]);

            var resumed = make();
            resumed.State = SamplerState.FromBytes(state);
            var again = new int[5];
            resumed.Sample(view, again, new float[5]);

            Assert.Equal(drawn, again);
        }

        Assert.Throws<ArgumentException>(() => SamplerState.FromBytes(new byte[10]));
    }

    [Fact]
    public void TooFewTransitions_AreRefused()
    {
        Assert.Throws<InvalidOperationException>(
            () => new UniformSamplerWithoutReplacement(new Pcg64(4)).Sample(ViewOf(3), new int[4], new float[4]));
        Assert.Throws<InvalidOperationException>(() => new NewestSampler().Sample(ViewOf(3), new int[4], new float[4]));
        Assert.Throws<InvalidOperationException>(
            () => new UniformSampler(new Pcg64(4)).Sample(ViewOf(0), new int[1], new float[1]));
    }

    private static StepRecord Step(int lane) => new(lane, 0, 0, StepFlags.None);

    private static TransitionView ViewOf(int size)
    {
        var table = new ReplayTable(new TableSpec(1, Math.Max(1, size)));
        table.Append([First(0), .. Enumerable.Repeat(Step(0), size)], new byte[size + 1]);
        return new TransitionView(table, new TransitionSpec());
    }

    [Fact]
    public void AQueueBeginsAtANumberOfATransition()
    {
        using var table = new ReplayTable(new TableSpec(1, 10));
        table.Append([Histories.First(0), new StepRecord(0, 1, 5, StepFlags.None)], new byte[2]);
        var view = new TransitionView(table, new TransitionSpec());

        Assert.Throws<ArgumentException>(() => new FifoSampler { State = new SamplerState(null, long.MinValue) });
        Assert.False(new FifoSampler { State = new SamplerState(null, long.MaxValue) }.CanSample(view, 1));
        Assert.True(new FifoSampler { State = new SamplerState(null, 0) }.CanSample(view, 1));
    }
}
