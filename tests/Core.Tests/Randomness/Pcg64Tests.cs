using System.Text.Json;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Core.Tests.Randomness;

public sealed class Pcg64Tests
{
    [Fact]
    public void State_RestoresTheStream_WithTheBufferedHalf()
    {
        var random = new Pcg64(17);
        random.NextUInt32();
        var saved = random.State;
        Assert.True(saved.HasBufferedHalf);

        var expected = Draws(random);
        Assert.Equal(expected, Draws(new Pcg64(saved)));
        random.State = saved;
        Assert.Equal(expected, Draws(random));
    }

    [Fact]
    public void State_SurvivesJson()
    {
        var random = new Pcg64(5);
        random.NextUInt32();
        var text = JsonSerializer.Serialize(random.State);
        Assert.Equal(random.State, JsonSerializer.Deserialize<Pcg64State>(text));
    }

    [Fact]
    public void State_WithEvenIncrement_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Pcg64(new Pcg64State(1, 2, false, 0)));

    [Fact]
    public void Integers_RangeOfOne_DrawsNothing()
    {
        var random = new Pcg64(1);
        var before = random.State;
        Assert.Equal(9, random.Integers(9, 10));
        Assert.Equal(before, random.State);
    }

    [Fact]
    public void Integers_WholeRange_StaysInside()
    {
        var random = new Pcg64(2);
        for (var i = 0; i < 100; i++)
        {
            Assert.InRange(random.Integers(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1);
        }
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void Integers_EmptyRange_NamesHigh(long low, long high) =>
        Assert.Equal(
            "high", Assert.Throws<ArgumentOutOfRangeException>(() => new Pcg64(0).Integers(low, high)).ParamName);

    [Fact]
    public void Choice_SkipsZeroWeights_AndFollowsTheRest()
    {
        var random = new Pcg64(4);
        var counts = new int[4];
        for (var i = 0; i < 8000; i++)
        {
            counts[random.Choice([0, 3, 1, 0])]++;
        }

        Assert.Equal(0, counts[0]);
        Assert.Equal(0, counts[3]);
        // Binomial(8000, 3/4): mean 6000, standard deviation 39.
        Assert.InRange(counts[1], 5800, 6200);
    }

    [Theory]
    [InlineData]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, -1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(double.MaxValue, double.MaxValue)]
    public void Choice_BadWeights_AreRefused(params double[] weights) =>
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => new Pcg64(0).Choice(weights)).ParamName);

    [Fact]
    public void Shuffle_GivesEveryOrderEquallyOften()
    {
        var random = new Pcg64(6);
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 6000; i++)
        {
            Span<char> items = ['a', 'b', 'c'];
            random.Shuffle(items);
            var order = items.ToString();
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Six orders, mean 1000, standard deviation 29.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void SeedSequence_RefusesANegativeSeed() =>
        Assert.Equal("seed", Assert.Throws<ArgumentOutOfRangeException>(() => new SeedSequence(-1)).ParamName);

    private static double[] Draws(Pcg64 random) =>
        [random.NextUInt32(), random.NextDouble(), random.Integers(0, 10), random.NextUInt64()];
}
