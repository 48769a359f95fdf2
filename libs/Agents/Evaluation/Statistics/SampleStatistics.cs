namespace DqnAspire.Agents.Evaluation.Statistics;

/// <summary>Statistics of one sample of numbers; each needs at least one.</summary>
public static class SampleStatistics
{
    private const double QuartileProportion = 0.25;

    /// <summary>The arithmetic mean.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Mean(ReadOnlySpan<double> values)
    {
        RequireSome(values);
        return Sum(values) / values.Length;
    }

    /// <summary>The middle value; the mean of the middle two of an even number.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(ReadOnlySpan<double> values)
    {
        var sorted = Sorted(values);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Sample standard deviation (n - 1) over the square root of n; 0 for one value.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double StandardError(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        if (values.Length == 1)
        {
            return 0;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (values.Length - 1) / values.Length);
    }

    /// <summary>
    /// The mean of what is left when a proportion of the values is cut off at either end, whole values only: of n
    /// values floor(n * proportion) on each side, as SciPy's trim_mean.
    /// </summary>
    /// <param name="values">The sample.</param>
    /// <param name="proportion">Cut off at either end, 0 to below 0.5.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double TrimmedMean(ReadOnlySpan<double> values, double proportion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(proportion);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(proportion, 0.5);
        var sorted = Sorted(values);
        var cut = (int)(proportion * sorted.Length);
        return Mean(sorted.AsSpan(cut, sorted.Length - (2 * cut)));
    }

    /// <summary>
    /// The interquartile mean: the trimmed mean that leaves the middle half. R. Agarwal et al., "Deep reinforcement
    /// learning at the edge of the statistical precipice" (2021), recommend it over mean (outliers) and median (noise).
    /// </summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double InterquartileMean(ReadOnlySpan<double> values) => TrimmedMean(values, QuartileProportion);

    /// <summary>
    /// The value below which a fraction of the sample lies, linear between neighbours, as NumPy's quantile.
    /// </summary>
    /// <param name="values">The sample.</param>
    /// <param name="fraction">0 to 1.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Quantile(ReadOnlySpan<double> values, double fraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1);
        var sorted = Sorted(values);
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        // In order: a vectorised sum would depend on the processor.
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        RequireSome(values);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static void RequireSome(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("There are no values.", nameof(values));
        }
    }
}
