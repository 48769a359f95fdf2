namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>The offsets of the rows of a tile.</summary>
internal static class TileRows
{
    /// <summary>Fills in row * stride. Rows from <paramref name="end"/> on repeat the last one.</summary>
    /// <param name="offsets">One for each row of a tile.</param>
    /// <param name="first">The tile's first row.</param>
    /// <param name="end">One above the last row.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    public static void Fill(Span<int> offsets, int first, int end, int stride)
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Math.Min(first + i, end - 1) * stride;
        }
    }

    /// <summary>Takes offsets from a list. Rows beyond its end repeat the last one.</summary>
    public static void Fill(Span<int> offsets, ReadOnlySpan<int> places, int first)
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = places[Math.Min(first + i, places.Length - 1)];
        }
    }
}
