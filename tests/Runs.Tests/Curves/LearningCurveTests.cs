using DqnAspire.Agents.Training;
using DqnAspire.Runs.Curves;

namespace DqnAspire.Runs.Tests.Curves;

public sealed class LearningCurveTests
{
    /// <summary>The panel's inside is 70..836 wide and 56..292 high; steps 0..100 and returns 0..100 fill it.</summary>
    [Fact]
    public void Points_LieWhereTheirValuesAre()
    {
        var curve = new LearningCurve();
        curve.Add(Episode(0, 0));
        curve.Add(Episode(50, 100));
        curve.Add(Episode(100, 50));

        var lines = Svg.Lines(curve.ToSvg("x"));

        Assert.Equal(2, lines.Count);
        Assert.Equal([(70, 292), (453, 56), (836, 174)], lines[0]);
        Assert.Equal([(70, 292), (453, 174), (836, 174)], lines[1]);
    }

    [Fact]
    public void Axes_AreLabelled_AndTitlesEscaped()
    {
        var curve = new LearningCurve();
        curve.Add(Episode(40_000, 100) with { Loss = 0.5, ValidationReturn = 3 });

        var texts = Svg.Texts(curve.ToSvg("a <title> & more"));

        Assert.Contains("a <title> & more", texts);
        foreach (var text in new[] { "agent steps", "return", "loss", "episode", "validation", "mean of last 100", "0",
            "20k", "40k", "80", "0.5" })
        {
            Assert.Contains(text, texts);
        }
    }

    [Fact]
    public void ALongRun_IsDrawnAsMeansInABand_AndWhatIsNoNumberIsLeftOut()
    {
        var curve = new LearningCurve();
        for (var i = 0; i < 50_000; i++)
        {
            curve.Add(new LogRecord(
                "iteration", i, i)
            { ValidationReturn = i % 2, Loss = double.NaN, Elapsed = TimeSpan.Zero });
        }

        var svg = curve.ToSvg("x");
        var points = Assert.Single(Svg.Lines(svg));
        Assert.InRange(points.Count, 300, 600);
        Assert.All(points.SkipLast(1), p => Assert.InRange(p.Y, 172, 176));
        Assert.Equal(2 * points.Count, Assert.Single(Svg.Bands(svg)).Count);
    }

    [Fact]
    public void AnEmptyRun_IsAPictureToo() => Assert.Empty(Svg.Lines(new LearningCurve().ToSvg("x")));

    private static LogRecord Episode(long steps, double episodeReturn) =>
        new("episode", 1, steps) { Return = episodeReturn, Elapsed = TimeSpan.Zero };
}
