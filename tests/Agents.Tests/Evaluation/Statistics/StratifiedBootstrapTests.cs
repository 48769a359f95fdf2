using DqnAspire.Agents.Evaluation.Statistics;

namespace DqnAspire.Agents.Tests.Evaluation.Statistics;

public sealed class StratifiedBootstrapTests
{
    /// <summary>
    /// The mean of n values drawn with replacement has the standard deviation sd / sqrt(n): here 10 values 0..9, sd
    /// 2.872, so 0.908, and 1.96 of these on either side of 4.5.
    /// </summary>
    [Fact]
    public void Interval_OfAMean_IsThatOfTheNormalDistribution()
    {
        var interval =
            StratifiedBootstrap.Estimate([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]], SampleStatistics.Mean, resamples: 20_000);

        Assert.Equal((4.5, 0.95), (interval.Estimate, interval.Confidence));
        Assert.InRange(interval.Low, 4.5 - (1.96 * 0.908) - 0.1, 4.5 - (1.96 * 0.908) + 0.1);
        Assert.InRange(interval.High, 4.5 + (1.96 * 0.908) - 0.1, 4.5 + (1.96 * 0.908) + 0.1);
    }

    /// <summary>
    /// Two values have four equally likely resamples with means 0, 1/2, 1/2, 1: a quarter of them lies at either end,
    /// so that an interval of 40% is [0.5, 0.5], and one of 60% is [0, 1].
    /// </summary>
    [Theory]
    [InlineData(0.4, 0.5, 0.5)]
    [InlineData(0.6, 0, 1)]
    public void Interval_OfTwoValues_IsEnumerated(double confidence, double low, double high)
    {
        var interval = StratifiedBootstrap.Estimate([[0, 1]], SampleStatistics.Mean, confidence);

        Assert.Equal((0.5, low, high), (interval.Estimate, interval.Low, interval.High));
    }

    /// <summary>Tasks are resampled each by itself: differences between them are no uncertainty.</summary>
    [Fact]
    public void DifferencesBetweenTasks_DoNotWidenTheInterval()
    {
        var stratified = StratifiedBootstrap.Estimate([[1, 1, 1], [9, 9, 9]], SampleStatistics.Mean);
        var pooled = StratifiedBootstrap.Estimate([[1, 1, 1, 9, 9, 9]], SampleStatistics.Mean);

        Assert.Equal((5, 5, 5), (stratified.Estimate, stratified.Low, stratified.High));
        Assert.True(pooled.Low < 5 && pooled.High > 5);
    }

    [Fact]
    public void OneRun_HasNoSpread()
    {
        var interval = StratifiedBootstrap.Estimate([[3]], SampleStatistics.InterquartileMean);

        Assert.Equal((3, 3, 3), (interval.Estimate, interval.Low, interval.High));
    }

    [Fact]
    public void TheSeed_DecidesTheInterval()
    {
        double[][] scores = [[1, 5, 2, 8, 4], [3, 1, 7, 7, 2]];
        ConfidenceInterval Estimate(ulong seed) =>
            StratifiedBootstrap.Estimate(scores, SampleStatistics.InterquartileMean, resamples: 50, seed: seed);

        Assert.Equal(Estimate(1), Estimate(1));
        Assert.NotEqual(Estimate(1), Estimate(2));
    }

    [Fact]
    public void ATaskWithoutScores_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => StratifiedBootstrap.Estimate([], SampleStatistics.Mean));
        Assert.Throws<ArgumentException>(() => StratifiedBootstrap.Estimate([[1], []], SampleStatistics.Mean));
    }
}
