using DqnAspire.Runs.Curves;

namespace DqnAspire.Runs.Tests.Curves;

public sealed class DecimatedSeriesTests
{
    [Fact]
    public void Values_AreKept_UntilThereAreTooMany()
    {
        var series = new DecimatedSeries(capacity: 4);
        foreach (var (x, y) in new[] { (1, 10), (2, 30), (3, 20), (4, 40) })
        {
            series.Add(x, y);
        }

        Assert.False(series.IsDecimated);
        Assert.Equal([10, 30, 20, 40], series.Points.Select(p => p.Mean));

        series.Add(5, 7);

        Assert.True(series.IsDecimated);
        Assert.Equal([new CurvePoint(1.5, 20, 10, 30), new(3.5, 30, 20, 40), new(5, 7, 7, 7)], series.Points);

        series.Add(6, 9);

        Assert.Equal(new CurvePoint(5.5, 8, 7, 9), series.Points[2]);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(100_003)]
    public void EveryPoint_IsTheMeanOfItsValues(int count)
    {
        var values = new Random(1).GetItems([1.0, 2, 3, 5, 8], count);
        var series = new DecimatedSeries();
        for (var i = 0; i < count; i++)
        {
            series.Add(i, values[i]);
        }

        var points = series.Points;
        var size = 1;
        while (size * DecimatedSeries.DefaultCapacity < count)
        {
            size *= 2;
        }

        Assert.Equal((count + size - 1) / size, points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            var chunk = values[(i * size)..Math.Min(count, (i + 1) * size)];
            Assert.Equal(chunk.Average(), points[i].Mean, 9);
            Assert.Equal((chunk.Min(), chunk.Max()), (points[i].Low, points[i].High));
        }
    }
}
