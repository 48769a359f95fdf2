namespace DqnAspire.Core;

/// <summary>Type, shape and bounds of an observation.</summary>
public sealed class ObservationSpace
{
    private ObservationSpace(ElementType elementType, int[] shape, double[] low, double[] high, int states)
    {
        ElementType = elementType;
        Shape = shape;
        Low = low;
        High = high;
        States = states;
        ElementCount = shape.Aggregate(1, (count, length) => checked(count * length));
        ByteCount = checked(ElementCount * (elementType == ElementType.UInt8 ? 1 : 4));
    }

    /// <summary>Type of an element.</summary>
    public ElementType ElementType { get; }

    /// <summary>Lengths of the axes; a single state index has shape [1].</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Lower bound of each element in row-major order; one entry stands for all.</summary>
    public IReadOnlyList<double> Low { get; }

    /// <summary>Upper bound of each element in row-major order; one entry stands for all.</summary>
    public IReadOnlyList<double> High { get; }

    /// <summary>Number of states when the observation is one index of a finite set, otherwise 0.</summary>
    public int States { get; }

    /// <summary>Elements of one observation.</summary>
    public int ElementCount { get; }

    /// <summary>Bytes of one observation.</summary>
    public int ByteCount { get; }

    /// <summary>An array of numbers within bounds.</summary>
    /// <param name="elementType">Type of an element.</param>
    /// <param name="shape">Lengths of the axes, at least 1 each.</param>
    /// <param name="low">Lower bounds, one or one an element; infinite where there is none.</param>
    /// <param name="high">Upper bounds, likewise.</param>
    /// <returns>The space.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An axis is shorter than 1.</exception>
    /// <exception cref="ArgumentException">There is neither one bound nor one an element.</exception>
    public static ObservationSpace Box(
        ElementType elementType, ReadOnlySpan<int> shape, ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(shape));
        }

        var space = new ObservationSpace(elementType, shape.ToArray(), low.ToArray(), high.ToArray(), 0);
        RequireBounds(low.Length, space.ElementCount, nameof(low));
        RequireBounds(high.Length, space.ElementCount, nameof(high));
        return space;
    }

    /// <summary>One index of a finite set of states, as an <see cref="ElementType.Int32"/>.</summary>
    /// <param name="states">Number of states, at least 1.</param>
    /// <returns>The space.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="states"/> is below 1.</exception>
    public static ObservationSpace Discrete(int states)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        return new ObservationSpace(ElementType.Int32, [1], [0], [states - 1], states);
    }

    /// <summary>Refuses memory that an observation does not fit in.</summary>
    /// <param name="observation">The memory that is to receive it.</param>
    /// <exception cref="ArgumentException">It is shorter than <see cref="ByteCount"/>.</exception>
    public void ThrowIfTooShort(ReadOnlySpan<byte> observation)
    {
        if (observation.Length < ByteCount)
        {
            throw new ArgumentException(
                $"An observation takes {ByteCount} bytes; there is room for {observation.Length}.",
                nameof(observation));
        }
    }

    private static void RequireBounds(int bounds, int elements, string name)
    {
        if (bounds != 1 && bounds != elements)
        {
            throw new ArgumentException(
                $"{bounds} bounds given; one for all or one for each of {elements} elements is needed.", name);
        }
    }
}
