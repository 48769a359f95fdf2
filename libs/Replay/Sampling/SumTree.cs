namespace DqnAspire.Replay.Sampling;

/// <summary>
/// Weights with the sums of groups of eight, of groups of eight groups, and so on: finding the entry at a place of the
/// running sum, and changing a weight, take logarithmic time. A group is one cache line.
/// </summary>
/// <remarks>
/// A change recomputes the sums of its groups from their entries, in order, so rounding errors do not accumulate.
/// </remarks>
public sealed class SumTree
{
    private const int GroupBits = 3;
    private const int Group = 1 << GroupBits;

    // The weights, then the sums of each eight of the level before, up to a level of at most eight.
    private readonly double[][] _levels;

    /// <summary>Weights of zero.</summary>
    /// <param name="count">Number of entries, at least 1.</param>
    public SumTree(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        var levels = new List<double[]>();
        for (var length = count; ; length = Groups(length))
        {
            levels.Add(new double[Groups(length) * Group]);
            if (length <= Group)
            {
                break;
            }
        }

        _levels = [.. levels];
    }

    /// <summary>Number of entries.</summary>
    public int Count { get; }

    /// <summary>Sum of all weights.</summary>
    public double Total { get; private set; }

    /// <summary>An entry's weight. Finite and not negative.</summary>
    public double this[int index]
    {
        get => _levels[0][index];
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            if (!double.IsFinite(value) || value < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, "A weight is a finite number of at least 0.");
            }

            _levels[0][index] = value;
            for (var level = 1; level < _levels.Length; level++)
            {
                index >>= GroupBits;
                _levels[level][index] = Sum(_levels[level - 1].AsSpan(index << GroupBits, Group));
            }

            Total = Sum(_levels[^1]);
        }
    }

    /// <summary>The entry whose share of the running sum covers a place.</summary>
    /// <param name="place">
    /// From 0 to below <see cref="Total"/>, which is above 0; places out of range give the nearest entry with a weight.
    /// </param>
    public int Find(double place)
    {
        var index = 0;
        for (var level = _levels.Length - 1; level >= 0; level--)
        {
            var group = _levels[level].AsSpan(index << GroupBits, Group);
            var child = 0;
            var last = 0;
            for (; child < Group; child++)
            {
                var weight = group[child];
                if (weight > 0)
                {
                    if (place < weight)
                    {
                        break;
                    }

                    // Rounding may carry a place past the end of its group: then the last entry with a weight is meant.
                    last = child;
                    place -= weight;
                }
            }

            index = (index << GroupBits) + (child < Group ? child : last);
        }

        return index;
    }

    private static int Groups(int length) => ((length - 1) >> GroupBits) + 1;

    private static double Sum(ReadOnlySpan<double> group) =>
        ((group[0] + group[1]) + (group[2] + group[3])) + ((group[4] + group[5]) + (group[6] + group[7]));
}
