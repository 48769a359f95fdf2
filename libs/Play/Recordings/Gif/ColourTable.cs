namespace DqnAspire.Play.Recordings.Gif;

/// <summary>
/// Up to 256 colours by index. Made of pixels it has each of their colours while there are at most 256, and otherwise
/// representatives of them.
/// </summary>
internal sealed class ColourTable
{
    /// <summary>Most colours of a GIF's table.</summary>
    public const int MaxColours = 256;

    private readonly int[] _colours;
    private readonly Dictionary<int, byte> _index = [];
    private readonly bool _isExact;

    private ColourTable(int[] colours, bool isExact)
    {
        (_colours, _isExact) = (colours, isExact);
        for (var i = 0; i < colours.Length; i++)
        {
            _index.TryAdd(colours[i], (byte)i);
        }
    }

    /// <summary>Number of colours.</summary>
    public int Count => _colours.Length;

    /// <summary>Bits of an index, at least 2, which is what a GIF's image data take.</summary>
    public int Bits => Math.Max(2, 32 - int.LeadingZeroCount(Count - 1));

    /// <summary>A palette as it is, each index with its own colour.</summary>
    /// <param name="palette">[colours, 3], at most 256.</param>
    public static ColourTable OfPalette(ReadOnlySpan<byte> palette)
    {
        var colours = new int[palette.Length / 3];
        for (var i = 0; i < colours.Length; i++)
        {
            colours[i] = At(palette, i);
        }

        return new ColourTable(colours, isExact: true);
    }

    /// <summary>The colours of pixels.</summary>
    /// <param name="rgb">[pixels, 3].</param>
    public static ColourTable OfPixels(ReadOnlySpan<byte> rgb)
    {
        var counts = new Dictionary<int, int>();
        for (var i = 0; i < rgb.Length / 3; i++)
        {
            System.Runtime.InteropServices.CollectionsMarshal
                .GetValueRefOrAddDefault(counts, At(rgb, i), out _)++;
        }

        return counts.Count <= MaxColours
            ? new ColourTable([.. counts.Keys], isExact: true)
            : new ColourTable(MedianCut.Choose(counts, MaxColours), isExact: false);
    }

    /// <summary>Finds the index of each pixel's colour.</summary>
    /// <param name="rgb">[pixels, 3].</param>
    /// <param name="indices">[pixels]; receives the indices.</param>
    /// <returns>False: the table lacks one of them, and has each of the pixels that it was made of.</returns>
    public bool TryIndex(ReadOnlySpan<byte> rgb, Span<byte> indices)
    {
        var (last, lastIndex) = (-1, (byte)0);
        for (var i = 0; i < indices.Length; i++)
        {
            var colour = At(rgb, i);
            if (colour != last)
            {
                if (!_index.TryGetValue(colour, out lastIndex))
                {
                    if (_isExact)
                    {
                        return false;
                    }

                    lastIndex = Nearest(colour);
                    _index[colour] = lastIndex;
                }

                last = colour;
            }

            indices[i] = lastIndex;
        }

        return true;
    }

    /// <summary>Writes the table: a power of two of colours, the last ones black where there are fewer.</summary>
    public void Write(Stream output)
    {
        Span<byte> bytes = stackalloc byte[3 << Bits];
        bytes.Clear();
        for (var i = 0; i < Count; i++)
        {
            (bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]) =
                ((byte)(_colours[i] >> 16), (byte)(_colours[i] >> 8), (byte)_colours[i]);
        }

        output.Write(bytes);
    }

    /// <summary>The index of the colour with the smallest squared distance.</summary>
    private byte Nearest(int colour)
    {
        var (best, bestDistance) = (0, int.MaxValue);
        for (var i = 0; i < _colours.Length; i++)
        {
            var red = (_colours[i] >> 16) - (colour >> 16);
            var green = ((_colours[i] >> 8) & 0xFF) - ((colour >> 8) & 0xFF);
            var blue = (_colours[i] & 0xFF) - (colour & 0xFF);
            var distance = (red * red) + (green * green) + (blue * blue);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (i, distance);
            }
        }

        return (byte)best;
    }

    private static int At(ReadOnlySpan<byte> rgb, int pixel) =>
        (rgb[3 * pixel] << 16) | (rgb[(3 * pixel) + 1] << 8) | rgb[(3 * pixel) + 2];
}
