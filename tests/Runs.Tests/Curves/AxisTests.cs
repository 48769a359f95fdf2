using DqnAspire.Runs.Curves;

namespace DqnAspire.Runs.Tests.Curves;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 500, "0 100 200 300 400 500")]
    [InlineData(-21, 19.4, "\u221230 \u221220 \u221210 0 10 20")]
    [InlineData(0, 0.83, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0, 3.7e6, "0 1M 2M 3M 4M")]
    [InlineData(0, 25_000, "0 5k 10k 15k 20k 25k")]
    [InlineData(0, 0, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(7, 7, "7 7.2 7.4 7.6 7.8 8")]
    public void Ticks_AreRoundNumbers_ThatCoverTheRange(double low, double high, string expected)
    {
        var axis = Axis.Over("x", low, high);

        Assert.Equal(expected, string.Join(' ', axis.Ticks.Select(axis.Format)));
        Assert.True(axis.Low <= low && axis.High >= high);
        Assert.Equal((0, 1), (axis.Place(axis.Low), axis.Place(axis.High)));
    }
}
