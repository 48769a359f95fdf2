namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>The image operations written down as their rules read, one number at a time.</summary>
internal static class NaiveImages
{
    /// <summary>Area interpolation in single precision, [height, width, channels].</summary>
    public static float[] Area(float[] source, int height, int width, int channels, int newHeight, int newWidth)
    {
        var result = new float[newHeight * newWidth * channels];
        for (var y = 0; y < newHeight; y++)
        {
            for (var x = 0; x < newWidth * channels; x++)
            {
                var sum = 0f;
                var isFirst = true;
                foreach (var (row, rowWeight) in AreaEntries(height, newHeight, y))
                {
                    var rowSum = 0f;
                    foreach (var (column, weight) in AreaEntries(width, newWidth, x / channels))
                    {
                        rowSum += source[(((row * width) + column) * channels) + (x % channels)] * weight;
                    }

                    sum = isFirst ? rowSum * rowWeight : sum + (rowSum * rowWeight);
                    isFirst = false;
                }

                result[(y * newWidth * channels) + x] = sum;
            }
        }

        return result;
    }

    /// <summary>The mean over whole blocks of pixels as OpenCV rounds it.</summary>
    public static byte[] WholeFactorArea(
        byte[] source, int height, int width, int channels, int newHeight, int newWidth)
    {
        var (rows, columns) = (height / newHeight, width / newWidth);
        var result = new byte[newHeight * newWidth * channels];
        for (var i = 0; i < result.Length; i++)
        {
            var (pixel, channel) = (i / channels, i % channels);
            var sum = 0;
            for (var j = 0; j < rows * columns; j++)
            {
                var (y, x) = ((pixel / newWidth * rows) + (j / columns), (pixel % newWidth * columns) + (j % columns));
                sum += source[(((y * width) + x) * channels) + channel];
            }

            var isHalving = rows == 2 && columns == 2 && channels != 2;
            result[i] =
                (byte)(isHalving ? (sum + 2) / 4 : Math.Round(sum * (1f / (rows * columns)), MidpointRounding.ToEven));
        }

        return result;
    }

    public static byte[] Rounded(float[] values) =>
        [.. values.Select(value => (byte)Math.Clamp(MathF.Round(value, MidpointRounding.ToEven), 0, 255))];

    /// <summary>Pillow's resize: along rows, to bytes, then along columns.</summary>
    public static byte[] Pillow(
        byte[] source,
        int height,
        int width,
        int channels,
        int newHeight,
        int newWidth,
        Func<double, double> filter,
        double support)
    {
        var narrowed = new byte[height * newWidth * channels];
        for (var i = 0; i < narrowed.Length; i++)
        {
            var (y, x, channel) = (i / channels / newWidth, i / channels % newWidth, i % channels);
            narrowed[i] = Weighted(
                PillowEntries(width, newWidth, x, filter, support),
                s => source[(((y * width) + s) * channels) + channel]);
        }

        var result = new byte[newHeight * newWidth * channels];
        var rowElements = newWidth * channels;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Weighted(
                PillowEntries(height, newHeight, i / rowElements, filter, support),
                s => narrowed[(s * rowElements) + (i % rowElements)]);
        }

        return result;
    }

    public static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));

    public static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? ((1.5 * x) - 2.5) * x * x + 1 : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * -0.5 : 0;
    }

    private static IEnumerable<(int Source, float Weight)> AreaEntries(int source, int destination, int d)
    {
        var scale = (double)source / destination;
        var f1 = d * scale;
        var f2 = f1 + scale;
        var cell = Math.Min(scale, source - f1);
        var s2 = Math.Min((int)Math.Floor(f2), source - 1);
        var s1 = Math.Min((int)Math.Ceiling(f1), s2);
        if (s1 - f1 > 1e-3)
        {
            yield return (s1 - 1, (float)((s1 - f1) / cell));
        }

        for (var s = s1; s < s2; s++)
        {
            yield return (s, (float)(1 / cell));
        }

        if (f2 - s2 > 1e-3)
        {
            yield return (s2, (float)(Math.Min(Math.Min(f2 - s2, 1), cell) / cell));
        }
    }

    private static IEnumerable<(int Source, int Weight)> PillowEntries(
        int source, int destination, int d, Func<double, double> filter, double support)
    {
        var scale = (double)source / destination;
        var stretch = Math.Max(scale, 1);
        var centre = (d + 0.5) * scale;
        var first = Math.Max(0, (int)(centre - (support * stretch) + 0.5));
        var end = Math.Min(source, (int)(centre + (support * stretch) + 0.5));
        var weights = Enumerable.Range(first, end - first).Select(s => filter((s - centre + 0.5) * (1 / stretch)))
            .ToArray();
        var total = weights.Sum();
        return weights.Select(
            (weight, i) => (first + i, (int)Math.Truncate((weight / total * 4194304) + (weight < 0 ? -0.5 : 0.5))));
    }

    private static byte Weighted(IEnumerable<(int Source, int Weight)> entries, Func<int, byte> pixel) =>
        (byte)Math.Clamp((2097152 + entries.Sum(entry => pixel(entry.Source) * entry.Weight)) >> 22, 0, 255);
}
