using DqnAspire.ServiceDefaults.Telemetry;

namespace DqnAspire.ServiceDefaults.Tests;

/// <summary>Values of each kind spread over the buckets that are made for them.</summary>
public sealed class BucketsTests
{
    public static TheoryData<string, double[], int> Returns => new()
    {
        // What each environment can give, and in how many buckets that has to be told apart.
        { "FrozenLake", [0, 1], 2 },
        { "CartPole", [9, 14, 23, 60, 120, 180, 240, 330, 420, 460, 490, 500], 12 },
        { "LunarLander", [-480, -350, -220, -160, -110, -40, 20, 120, 190, 240, 280], 11 },
        { "Volley, early", [-21, -20, -19, -18, -17, -14, -11, -7], 8 },
        { "Volley, late", [-4, 0, 3, 8, 12, 15, 17, 18, 19, 20, 21], 11 },
        { "Breakout", [0, 1, 2, 7, 25, 60, 140, 280, 380, 420, 500, 780], 12 },
        { "Seaquest", [180, 420, 900, 1800, 2700, 4800, 9000, 28_000], 8 },
        { "Video Pinball", [12_000, 45_000, 90_000, 180_000, 400_000, 900_000], 6 },
        { "Skiing", [-30_000, -17_000, -9000, -4300], 4 },
    };

    [Theory]
    [MemberData(nameof(Returns))]
    public void Returns_AreToldApart(string environment, double[] values, int buckets)
    {
        Assert.True(Spread(Buckets.Returns.HistogramBucketBoundaries!, values) == buckets, environment);
    }

    [Fact]
    public void APerfectGame_HasABucketOfItsOwn()
    {
        foreach (var (perfect, nearly) in new[] { (21.0, 20.0), (500, 499), (1, 0) })
        {
            Assert.Equal(2, Spread(Buckets.Returns.HistogramBucketBoundaries!, [perfect, nearly]));
        }
    }

    [Fact]
    public void LossesAndDurations_AreToldApart_FromTheLeastToTheGreatest()
    {
        double[] losses = [1e-6, 3e-5, 4e-4, 3e-3, 0.04, 0.3, 4, 30, 400];
        double[] durations = [3e-6, 4e-5, 3e-4, 4e-3, 0.03, 0.4, 3, 30, 200, 500];

        Assert.Equal(losses.Length, Spread(Buckets.Losses.HistogramBucketBoundaries!, losses));
        Assert.Equal(durations.Length, Spread(Buckets.Durations.HistogramBucketBoundaries!, durations));
    }

    [Fact]
    public void EpisodeLengths_AreToldApart()
    {
        long[] lengths = [8, 12, 25, 90, 180, 450, 500, 1000, 1900, 4500, 12_000, 27_000];

        Assert.Equal(lengths.Length, Spread(Buckets.EpisodeLengths.HistogramBucketBoundaries!, lengths));
    }

    /// <summary>
    /// How many buckets the values fall into: each has an upper bound that belongs to it, the last one none.
    /// </summary>
    private static int Spread<T>(IReadOnlyList<T> bounds, T[] values)
        where T : struct, IComparable<T>
    {
        Assert.Equal(bounds.Order().Distinct(), bounds);
        return values.Select(v => bounds.Count(b => b.CompareTo(v) < 0)).Distinct().Count();
    }
}
