using System.Numerics;

namespace DqnAspire.Environments.Rendering;

/// <summary>
/// A picture that shapes with smooth edges are painted on. Places are pixels from the upper left corner, x to the right
/// and y down; the middle of the first pixel is (0.5, 0.5). What lies outside is left out.
/// </summary>
internal readonly ref struct Canvas
{
    // Each row of pixels is crossed by so many lines; along a line coverage is exact.
    private const int LinesPerPixel = 4;
    private const int CircleCorners = 24;
    private const int MaxCorners = 64;

    private readonly Span<byte> _pixels;

    /// <summary>A picture of one colour.</summary>
    /// <param name="pixels">Receives the picture, [height, width, 3].</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="background">The colour.</param>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> is too short.</exception>
    public Canvas(Span<byte> pixels, int width, int height, Rgb background)
    {
        if (pixels.Length < width * height * 3)
        {
            throw new ArgumentException(
                $"A screen of {width} x {height} takes {width * height * 3} bytes; there are {pixels.Length}.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        _pixels = pixels[..(width * height * 3)];
        for (var i = 0; i < _pixels.Length; i += 3)
        {
            (_pixels[i], _pixels[i + 1], _pixels[i + 2]) = (background.Red, background.Green, background.Blue);
        }
    }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Paints a polygon; where it covers itself twice, it is open.</summary>
    /// <param name="corners">Its corners in turn, 3..64.</param>
    /// <param name="color">Its colour.</param>
    public void FillPolygon(ReadOnlySpan<Vector2> corners, Rgb color)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(corners.Length, MaxCorners);
        var (top, bottom) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var corner in corners)
        {
            (top, bottom) = (MathF.Min(top, corner.Y), MathF.Max(bottom, corner.Y));
        }

        Span<float> crossings = stackalloc float[MaxCorners];
        Span<float> coverage = stackalloc float[Width];
        var last = (int)MathF.Ceiling(MathF.Min(bottom, Height));
        for (var row = Math.Max(0, (int)MathF.Floor(MathF.Max(top, 0))); row < last; row++)
        {
            coverage.Clear();
            for (var line = 0; line < LinesPerPixel; line++)
            {
                var count = Cross(corners, row + ((line + 0.5f) / LinesPerPixel), crossings);
                for (var i = 0; i + 1 < count; i += 2)
                {
                    Cover(coverage, crossings[i], crossings[i + 1]);
                }
            }

            Blend(row, coverage, color);
        }
    }

    /// <summary>Paints a rectangle along the axes.</summary>
    public void FillRectangle(float left, float top, float right, float bottom, Rgb color) =>
        FillPolygon([new(left, top), new(right, top), new(right, bottom), new(left, bottom)], color);

    /// <summary>Paints an ellipse along the axes.</summary>
    public void FillEllipse(Vector2 center, float radiusX, float radiusY, Rgb color)
    {
        Span<Vector2> corners = stackalloc Vector2[CircleCorners];
        for (var i = 0; i < CircleCorners; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / CircleCorners);
            corners[i] = center + new Vector2(radiusX * cos, radiusY * sin);
        }

        FillPolygon(corners, color);
    }

    /// <summary>Paints a circle.</summary>
    public void FillCircle(Vector2 center, float radius, Rgb color) => FillEllipse(center, radius, radius, color);

    /// <summary>Paints a straight line.</summary>
    /// <param name="from">One end.</param>
    /// <param name="to">The other end, another place.</param>
    /// <param name="thickness">In pixels.</param>
    /// <param name="color">Its colour.</param>
    public void Line(Vector2 from, Vector2 to, float thickness, Rgb color)
    {
        var along = Vector2.Normalize(to - from);
        var side = thickness / 2 * new Vector2(along.Y, -along.X);
        FillPolygon([from + side, to + side, to - side, from - side], color);
    }

    /// <summary>Paints the outline of a polygon.</summary>
    public void Outline(ReadOnlySpan<Vector2> corners, float thickness, Rgb color)
    {
        for (var i = 0; i < corners.Length; i++)
        {
            Line(corners[i], corners[(i + 1) % corners.Length], thickness, color);
        }
    }

    /// <summary>Where a polygon's sides cross a horizontal line, from left to right.</summary>
    private static int Cross(ReadOnlySpan<Vector2> corners, float y, Span<float> crossings)
    {
        var count = 0;
        for (var i = 0; i < corners.Length; i++)
        {
            var from = corners[i];
            var to = corners[(i + 1) % corners.Length];
            if ((from.Y <= y) != (to.Y <= y))
            {
                crossings[count++] = from.X + ((y - from.Y) / (to.Y - from.Y) * (to.X - from.X));
            }
        }

        crossings[..count].Sort();
        return count;
    }

    private static void Cover(Span<float> coverage, float left, float right)
    {
        left = Math.Clamp(left, 0, coverage.Length);
        right = Math.Clamp(right, 0, coverage.Length);
        for (var x = (int)left; x < right; x++)
        {
            coverage[x] += (MathF.Min(right, x + 1) - MathF.Max(left, x)) / LinesPerPixel;
        }
    }

    private void Blend(int row, ReadOnlySpan<float> coverage, Rgb color)
    {
        var pixels = _pixels.Slice(row * Width * 3, Width * 3);
        for (var x = 0; x < coverage.Length; x++)
        {
            if (coverage[x] > 0)
            {
                var share = MathF.Min(coverage[x], 1);
                var pixel = pixels.Slice(x * 3, 3);
                pixel[0] = Mix(pixel[0], color.Red, share);
                pixel[1] = Mix(pixel[1], color.Green, share);
                pixel[2] = Mix(pixel[2], color.Blue, share);
            }
        }
    }

    private static byte Mix(byte under, byte over, float share) => (byte)MathF.Round(under + ((over - under) * share));
}
