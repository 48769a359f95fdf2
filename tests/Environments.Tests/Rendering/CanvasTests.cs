using System.Numerics;
using DqnAspire.Environments.Rendering;

namespace DqnAspire.Environments.Tests.Rendering;

public sealed class CanvasTests
{
    private static readonly Rgb Black = new(0, 0, 0);
    private static readonly Rgb White = new(200, 100, 40);

    /// <summary>Whole pixels are full, half covered ones are half, in both directions.</summary>
    [Fact]
    public void ARectangle_CoversPixelsByTheirPart()
    {
        var pixels = Paint(4, 3, canvas => canvas.FillRectangle(0.5f, 0.5f, 3, 2, White));
        Assert.Equal(
            [
                50, 100, 100, 0,
                100, 200, 200, 0,
                0, 0, 0, 0,
            ],
            Reds(pixels));
        Assert.Equal([100, 50, 20], pixels.AsSpan(4 * 3, 3).ToArray().Select(level => (int)level));
    }

    [Fact]
    public void ATriangle_CoversHalfOfItsSquare()
    {
        var pixels = Paint(10, 10, canvas => canvas.FillPolygon([new(0, 0), new(10, 0), new(0, 10)], White));
        Assert.Equal(100 * 200 / 2, Reds(pixels).Sum(), 40.0);
        Assert.Equal(200, Reds(pixels)[0]);
        Assert.Equal(0, Reds(pixels)[99]);
    }

    [Fact]
    public void ACircle_HasItsArea()
    {
        var pixels = Paint(20, 20, canvas => canvas.FillCircle(new Vector2(10, 10), 8, White));
        Assert.Equal(Math.PI * 64, Reds(pixels).Sum() / 200.0, 3.0);
    }

    [Fact]
    public void ALine_HasItsThickness()
    {
        var pixels = Paint(10, 10, canvas => canvas.Line(new Vector2(0, 5), new Vector2(10, 5), 2, White));
        Assert.Equal(10 * 2 * 200, Reds(pixels).Sum());
        Assert.Equal([0, 200, 200, 0], Enumerable.Range(3, 4).Select(row => Reds(pixels)[(row * 10) + 5]));
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    [InlineData(1e9f)]
    public void WhatLiesOutside_IsLeftOut(float away)
    {
        var pixels = Paint(5, 5, canvas =>
        {
            canvas.FillCircle(new Vector2(away, 2), 3, White);
            canvas.FillCircle(new Vector2(2, away), 3, White);
        });
        Assert.All(pixels, level => Assert.Equal(0, level));
    }

    [Fact]
    public void AShapeOverTheEdge_IsCutOff() =>
        Assert.All(
            Reds(Paint(5, 5, canvas => canvas.FillRectangle(-10, -10, 20, 20, White))),
            level => Assert.Equal(200, level));

    [Fact]
    public void TooFewBytes_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new Canvas(new byte[74], 5, 5, Black).Width);

    private static byte[] Paint(int width, int height, Painting paint)
    {
        var pixels = new byte[width * height * 3];
        paint(new Canvas(pixels, width, height, Black));
        return pixels;
    }

    private static int[] Reds(byte[] pixels) => [.. pixels.Where((_, i) => i % 3 == 0).Select(level => (int)level)];

    private delegate void Painting(Canvas canvas);
}
