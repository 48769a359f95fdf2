using DqnAspire.Agents.Evaluation.Statistics;

namespace DqnAspire.Agents.Tests.Evaluation.Statistics;

public sealed class SampleStatisticsTests
{
    [Theory]
    [InlineData(new[] { 7.0 }, 7)]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    public void Median_IsTheMiddle(double[] values, double expected) =>
        Assert.Equal(expected, SampleStatistics.Median(values));

    /// <summary>Whole values are cut off, floor(n / 4) at either end.</summary>
    [Theory]
    [InlineData(new[] { 5.0 }, 5)]
    [InlineData(new[] { 1.0, 2, 9 }, 4)]
    [InlineData(new[] { 100.0, 2, 4, -100 }, 3)]
    [InlineData(new[] { 0.0, 1, 2, 3, 40 }, 2)]
    [InlineData(new[] { 8.0, 7, 6, 5, 4, 3, 2, 1 }, 4.5)]
    [InlineData(new[] { 1.0, 1, 2, 2, 3, 3, 10, 50, 90 }, 4)]
    public void InterquartileMean_IsTheMeanOfTheMiddleHalf(double[] values, double expected) =>
        Assert.Equal(expected, SampleStatistics.InterquartileMean(values), 12);

    [Fact]
    public void TrimmedMean_CutsTheProportion()
    {
        // 10 values, 0.19 of them is 1 at either end.
        double[] values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 1000];

        Assert.Equal(4.5, SampleStatistics.TrimmedMean(values, 0.19), 12);
        Assert.Equal(103.6, SampleStatistics.TrimmedMean(values, 0), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleStatistics.TrimmedMean(values, 0.5));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.3)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantile_IsLinearBetweenNeighbours(double fraction, double expected) =>
        Assert.Equal(expected, SampleStatistics.Quantile([4, 2, 1, 3], fraction), 12);

    [Fact]
    public void StandardError_IsThatOfTheSample()
    {
        // Deviations -2, 0, 2: variance 8 / 2, over 3.
        Assert.Equal(Math.Sqrt(4.0 / 3), SampleStatistics.StandardError([1, 3, 5]), 12);
        Assert.Equal(0, SampleStatistics.StandardError([1]));
    }

    [Fact]
    public void NoValues_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SampleStatistics.Mean([]));
        Assert.Throws<ArgumentException>(() => SampleStatistics.Median([]));
        Assert.Throws<ArgumentException>(() => SampleStatistics.InterquartileMean([]));
    }

    [Fact]
    public void TheSample_IsNotReordered()
    {
        double[] values = [3, 1, 2];

        SampleStatistics.Median(values);
        SampleStatistics.InterquartileMean(values);

        Assert.Equal([3, 1, 2], values);
    }
}
