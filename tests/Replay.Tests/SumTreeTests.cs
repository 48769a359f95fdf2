using DqnAspire.Core.Randomness;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Tests;

public sealed class SumTreeTests
{
    [Fact]
    public void RandomOperations_MatchARunningSum()
    {
        var random = new Pcg64(1);
        foreach (var count in new[] { 1, 2, 7, 8, 9, 63, 64, 65, 500, 513 })
        {
            var tree = new SumTree(count);
            var naive = new double[count];
            for (var operation = 0; operation < 2000; operation++)
            {
                var index = (int)random.Integers(0, count);
                // Whole numbers add up exactly, in any order; a third of them is zero.
                naive[index] = Math.Max(0, random.Integers(-5, 11));
                tree[index] = naive[index];

                var total = naive.Sum();
                Assert.Equal(total, tree.Total);
                if (total > 0)
                {
                    var place = random.Uniform(0, total);
                    Assert.Equal(NaiveFind(naive, place), tree.Find(place));
                }
            }
        }
    }

    [Fact]
    public void Boundaries_BelongToTheEntryThatBeginsThere()
    {
        var tree = new SumTree(20) { [3] = 2, [10] = 1, [19] = 4 };

        Assert.Equal([3, 3, 10, 19, 19], new[] { 0, 1.999, 2, 3, 6.999 }.Select(tree.Find));
        // A place that rounding carried past the end still names an entry with a weight.
        Assert.Equal(19, tree.Find(7));
        tree[19] = 0;
        Assert.Equal(10, tree.Find(3.5));
    }

    [Fact]
    public void Rounding_DoesNotPileUp()
    {
        var tree = new SumTree(100);
        var random = new Pcg64(2);
        for (var i = 0; i < 100_000; i++)
        {
            tree[(int)random.Integers(0, 100)] = random.Uniform(0, 1e12);
        }

        for (var i = 0; i < 100; i++)
        {
            tree[i] = 0.125;
        }

        Assert.Equal(12.5, tree.Total);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void AnImpossibleWeight_IsRefused_AndChangesNothing(double weight)
    {
        var tree = new SumTree(4) { [1] = 1 };

        Assert.Throws<ArgumentOutOfRangeException>(() => tree[1] = weight);

        Assert.Equal(1, tree.Total);
    }

    private static int NaiveFind(double[] weights, double place)
    {
        var index = 0;
        for (var sum = weights[0]; sum <= place; sum += weights[index])
        {
            index++;
        }

        return index;
    }
}
