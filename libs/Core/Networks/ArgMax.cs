using System.Numerics;

namespace DqnAspire.Core.Networks;

/// <summary>The greedy choice: the action with the highest value; ties go to the lowest action.</summary>
public static class ArgMax
{
    /// <summary>The index of the highest value.</summary>
    /// <param name="values">At least one value.</param>
    public static int Of<T>(ReadOnlySpan<T> values)
        where T : IComparisonOperators<T, T, bool>
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    /// <summary>The index of the highest value in each row.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="indices">Receives [rows].</param>
    public static void OfRows(ReadOnlySpan<float> values, Span<int> indices)
    {
        var columns = values.Length / indices.Length;
        for (var row = 0; row < indices.Length; row++)
        {
            indices[row] = Of(values.Slice(row * columns, columns));
        }
    }
}
