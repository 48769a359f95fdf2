namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>Where the rows of a tile lie when they are evenly spaced.</summary>
internal static class TileRows
{
    /// <summary>Fills in row * stride; rows from <paramref name="end"/> on are the last one again.</summary>
    /// <param name="offsets">One for each row of a tile.</param>
    /// <param name="first">The tile's first row.</param>
    /// <param name="end">One above the last row there is.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    public static void Fill(Span<int> offsets, int first, int end, int stride)
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Math.Min(first + i, end - 1) * stride;
        }
    }

    /// <summary>Takes rows of a list of places; beyond its end the last again.</summary>
    public static void Fill(Span<int> offsets, ReadOnlySpan<int> places, int first)
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = places[Math.Min(first + i, places.Length - 1)];
        }
    }
}
