using DqnAspire.Randomness;

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
            new UniformSamplerWithoutReplacement(new Pcg64(seed)).Sample(size, actual);

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
        var counts = new int[5, 5];
        var pair = new int[2];
        for (var i = 0; i < Draws; i++)
        {
            sampler.Sample(5, pair);
            counts[pair[0], pair[1]]++;
        }

        // 20 ordered pairs, 3,000 expected each; chi-squared with 19 degrees of freedom is below 43.8 in 99.9 % of cases.
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
        var counts = new int[10];
        var repeated = false;
        var pair = new int[2];
        for (var i = 0; i < Draws / 2; i++)
        {
            sampler.Sample(10, pair);
            counts[pair[0]]++;
            counts[pair[1]]++;
            repeated |= pair[0] == pair[1];
        }

        // Chi-squared with 9 degrees of freedom is below 27.9 in 99.9 % of cases.
        Assert.InRange(counts.Sum(c => Math.Pow(c - (Draws / 10.0), 2) / (Draws / 10.0)), 0, 27.9);
        Assert.True(repeated);
    }

    [Fact]
    public void TooFewTransitions_AreRefused()
    {
        Assert.Throws<InvalidOperationException>(() => new UniformSamplerWithoutReplacement(new Pcg64(4)).Sample(3, new int[4]));
        Assert.Throws<InvalidOperationException>(() => new UniformSampler(new Pcg64(4)).Sample(0, new int[1]));
    }
}
