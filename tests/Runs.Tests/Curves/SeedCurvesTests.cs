using DqnAspire.Agents.Training;
using DqnAspire.Runs.Curves;

namespace DqnAspire.Runs.Tests.Curves;

public sealed class SeedCurvesTests
{
    /// <summary>
    /// One run is 100 throughout and ends half-way, the other is 0: from 20 steps on, where both have begun, the mean
    /// is 50 and the band as high as the panel (56..372), also where one run is over.
    /// </summary>
    [Fact]
    public void Summary_IsMeanAndRangeOfTheRuns_AndThoseEndedCountOn()
    {
        var curves = new SeedCurves();
        curves.Add("cartpole", [Episode(20, 100), Episode(50, 100)]);
        curves.Add("cartpole", [Episode(10, 0), Episode(100, 0)]);

        var svg = curves.ToSvg("x");

        var lines = Svg.Lines(svg);
        Assert.Equal(3, lines.Count);
        Assert.Equal((223.2, 836), (lines[2][0].X, lines[2][^1].X));
        Assert.All(lines[2], p => Assert.Equal(214, p.Y));
        Assert.Equal([56, 372], Assert.Single(Svg.Bands(svg)).Select(p => p.Y).Distinct());
        Assert.Equal(2, Svg.Dots(svg));
        Assert.Contains("cartpole: mean and range of 2 runs", Svg.Texts(svg));
    }

    [Fact]
    public void Groups_HaveColoursOfTheirOwn()
    {
        var curves = new SeedCurves();
        curves.Add("a", [Episode(1, 1), Episode(2, 2)]);
        curves.Add("b", [Episode(1, 2), Episode(2, 3)]);

        var svg = curves.ToSvg("x");

        Assert.Contains("a", Svg.Texts(svg));
        Assert.Contains("b", Svg.Texts(svg));
        Assert.Contains(Palette.Series(0), svg, StringComparison.Ordinal);
        Assert.Contains(Palette.Series(1), svg, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutReturns_ValidationIsDrawn_AndARunWithNeitherIsLeftOut()
    {
        var curves = new SeedCurves();
        curves.Add("a",
            [new LogRecord("iteration", 1, 1) { ValidationReturn = 0.5, Elapsed = TimeSpan.Zero },
            new LogRecord("iteration", 2, 2) { ValidationReturn = 1, Elapsed = TimeSpan.Zero }]);
        curves.Add("a", []);

        Assert.Equal(2, Svg.Lines(curves.ToSvg("x")).Count);
        Assert.Empty(Svg.Lines(new SeedCurves().ToSvg("x")));
    }

    private static LogRecord Episode(long steps, double episodeReturn) =>
        new("episode", 1, steps) { Return = episodeReturn, Elapsed = TimeSpan.Zero };
}
