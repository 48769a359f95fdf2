namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// The weights of Pillow's resize on 8-bit pictures: a filter around the destination's centre, stretched when shrinking
/// so that it covers every source (that is what "antialiased" means), normalised in double precision, then fixed point.
/// </summary>
internal static class PillowTaps
{
    /// <summary>Fractional bits of a weight. 8 bits are left for the pixel and 2 for sums beyond 255.</summary>
    public const int FractionBits = 32 - 8 - 2;

    public static AxisTaps<int> Create(int source, int destination, PillowFilter filter)
    {
        var scale = (double)source / destination;
        var stretch = Math.Max(scale, 1);
        var support = Support(filter) * stretch;
        var perSource = 1 / stretch;
        var first = new int[destination];
        var weights = new int[destination][];
        for (var d = 0; d < destination; d++)
        {
            var centre = (d + 0.5) * scale;
            first[d] = Math.Max(0, (int)(centre - support + 0.5));
            var end = Math.Min(source, (int)(centre + support + 0.5));

            var row = new double[end - first[d]];
            var sum = 0.0;
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Value(filter, (i + first[d] - centre + 0.5) * perSource);
                sum += row[i];
            }

            weights[d] = [.. row.Select(weight => ToFixedPoint(weight / sum))];
        }

        return new AxisTaps<int>(source, first, weights);
    }

    private static int ToFixedPoint(double weight) => (int)((weight * (1 << FractionBits)) + (weight < 0 ? -0.5 : 0.5));

    private static double Support(PillowFilter filter) => filter == PillowFilter.Bilinear ? 1 : 2;

    private static double Value(PillowFilter filter, double x) =>
        filter == PillowFilter.Bilinear ? Triangle(Math.Abs(x)) : Cubic(Math.Abs(x));

    private static double Triangle(double x) => x < 1 ? 1 - x : 0;

    /// <summary>
    /// R. Keys, "Cubic Convolution Interpolation for Digital Image Processing" (1981), with a = -1/2.
    /// </summary>
    private static double Cubic(double x)
    {
        const double A = -0.5;
        return x switch
        {
            < 1 => ((((A + 2) * x) - (A + 3)) * x * x) + 1,
            < 2 => ((((x - 5) * x) + 8) * x - 4) * A,
            _ => 0,
        };
    }
}
