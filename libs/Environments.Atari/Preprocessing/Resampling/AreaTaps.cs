namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// The weights of OpenCV's area interpolation when shrinking: a destination covers source/destination sources, those at
/// the two ends in part. Computed in double precision, kept in single precision.
/// </summary>
internal static class AreaTaps
{
    /// <summary>A part of a source that is no larger than this is left out.</summary>
    private const double SmallestPart = 1e-3;

    public static AxisTaps<float> Create(int source, int destination)
    {
        var scale = (double)source / destination;
        var first = new int[destination];
        var weights = new float[destination][];
        for (var d = 0; d < destination; d++)
        {
            var begin = d * scale;
            var end = begin + scale;
            var covered = Math.Min(scale, source - begin);
            var wholeEnd = Math.Min((int)Math.Floor(end), source - 1);
            var wholeBegin = Math.Min((int)Math.Ceiling(begin), wholeEnd);

            var row = new List<float>();
            first[d] = wholeBegin;
            if (wholeBegin - begin > SmallestPart)
            {
                first[d]--;
                row.Add((float)((wholeBegin - begin) / covered));
            }

            for (var s = wholeBegin; s < wholeEnd; s++)
            {
                row.Add((float)(1 / covered));
            }

            if (end - wholeEnd > SmallestPart)
            {
                row.Add((float)(Math.Min(Math.Min(end - wholeEnd, 1), covered) / covered));
            }

            weights[d] = [.. row];
        }

        return new AxisTaps<float>(source, first, weights);
    }
}
