using System.Globalization;
using System.Xml.Linq;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Runs.Curves;

namespace DqnAspire.Agents.Tests;

public sealed class LearningCurveTests
{
    [Fact]
    public void Points_LieWhereTheirValuesAre()
    {
        var curve = new LearningCurve();
        foreach (var value in new[] { 0.0, 50, 100 })
        {
            curve.Add(new RunRecord("episode", 1, 1) { Return = value, Elapsed = TimeSpan.Zero });
        }

        // The panel's inside is 34..186 high; a third of its width each.
        var points = Assert.Single(Lines(curve));
        Assert.Equal([186, 110, 34], points.Select(p => p.Y));
        Assert.True(points[0].X < points[1].X && points[1].X < points[2].X);
    }

    [Fact]
    public void ALongRun_IsDrawnAsMeans_AndWhatIsNoNumberIsLeftOut()
    {
        var curve = new LearningCurve();
        for (var i = 0; i < 50_000; i++)
        {
            curve.Add(new RunRecord("iteration", i, i) { ValidationReturn = i % 2, Loss = double.NaN, Elapsed = TimeSpan.Zero });
        }

        var points = Assert.Single(Lines(curve));
        Assert.InRange(points.Count, 300, 600);
        Assert.All(points.SkipLast(1), p => Assert.InRange(p.Y, 105, 115));
    }

    [Fact]
    public void AnEmptyRun_IsAPictureToo() => Assert.Empty(Lines(new LearningCurve()));

    private static List<List<(double X, double Y)>> Lines(LearningCurve curve) =>
    [
        .. XDocument.Parse(curve.ToSvg("a <title> & more")).Descendants().Where(e => e.Name.LocalName == "polyline").Select(e => e
            .Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split(','))
            .Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture)))
            .ToList()),
    ];
}
