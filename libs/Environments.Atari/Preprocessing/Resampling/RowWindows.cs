namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// The taps along a row, laid out for vectors. A block is eight neighbouring elements of the resampled row, each
/// channel of each pixel an element of its own. The sources of its first and of its second half lie in windows, runs of
/// consecutive source elements: in one each for all taps where they are close enough, otherwise in one each for every
/// tap. Elements with fewer taps than others, and those beyond the end of the row, have further ones of weight zero.
/// </summary>
/// <typeparam name="T">Type of a weight.</typeparam>
internal sealed class RowWindows<T>
    where T : unmanaged
{
    /// <summary>Elements of a block.</summary>
    public const int Block = 8;

    private const int Half = Block / 2;

    private readonly int[] _sources;
    private readonly int[] _starts;
    private readonly int[] _places;
    private readonly T[] _weights;

    /// <param name="taps">Taps of the pixels.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="length">Elements of a window.</param>
    public RowWindows(AxisTaps<T> taps, int channels, int length)
    {
        SourceElements = taps.Source * channels;
        Elements = taps.Destination * channels;
        Blocks = (Elements + Block - 1) / Block;
        TapsPerBlock = taps.MaxCount;
        _sources = new int[Blocks * TapsPerBlock * Block];
        _weights = new T[_sources.Length];
        for (var element = 0; element < PaddedElements; element++)
        {
            AddElement(taps, channels, element);
        }

        _places = new int[_sources.Length];
        (_starts, TapsPerWindow) = Windows(TapsPerBlock, length) is { } shared
            ? (shared, TapsPerBlock)
            : (Windows(1, length) ?? [], 1);
    }

    /// <summary>Elements of the row that is resampled.</summary>
    public int SourceElements { get; }

    /// <summary>Elements of the resampled row.</summary>
    public int Elements { get; }

    /// <summary>Blocks of the resampled row; its memory holds whole blocks.</summary>
    public int Blocks { get; }

    /// <summary>Elements of the resampled row, rounded up to whole blocks.</summary>
    public int PaddedElements => Blocks * Block;

    /// <summary>Taps of every block.</summary>
    public int TapsPerBlock { get; }

    /// <summary>Taps whose sources lie in one window: all of a block's, or 1.</summary>
    public int TapsPerWindow { get; }

    /// <summary>
    /// Whether all sources lie in windows inside the row. They do not when a row is shorter than a window, or shrinks
    /// so much that four neighbours' sources are further apart; then only <see cref="Sources"/> can be used.
    /// </summary>
    public bool Fits => _starts.Length > 0;

    /// <summary>[blocks, windows, 2]: first source element of each window, for the first and the second half.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>[blocks, taps, 8]: the source's place in its window.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>[blocks, taps, 8]: the source's place in the row.</summary>
    public ReadOnlySpan<int> Sources => _sources;

    /// <summary>[blocks, taps, 8].</summary>
    public ReadOnlySpan<T> Weights => _weights;

    /// <summary>Index of a tap of an element in <see cref="Sources"/> and <see cref="Weights"/>.</summary>
    public int IndexOf(int element, int tap) => (((element / Block * TapsPerBlock) + tap) * Block) + (element % Block);

    private void AddElement(AxisTaps<T> taps, int channels, int element)
    {
        // Beyond the end the last element's sources are named again, so that they lie in the same window.
        var (pixel, channel) = Math.DivRem(Math.Min(element, Elements - 1), channels);
        var weights = taps.Weights(pixel);
        for (var tap = 0; tap < TapsPerBlock; tap++)
        {
            _sources[IndexOf(element, tap)] = ((taps.First(pixel) + Math.Min(tap, weights.Length - 1)) * channels)
                + channel;
            if (element < Elements && tap < weights.Length)
            {
                _weights[IndexOf(element, tap)] = weights[tap];
            }
        }
    }

    /// <summary>
    /// Starts of windows that hold a number of taps each, or null where they are too short; sets the places.
    /// </summary>
    private int[]? Windows(int tapsPerWindow, int length)
    {
        var starts = new int[Blocks * TapsPerBlock / tapsPerWindow * 2];
        for (var i = 0; i < starts.Length; i++)
        {
            var firstTap = i / 2 * tapsPerWindow;
            var (lowest, highest) = (int.MaxValue, 0);
            for (var tap = firstTap; tap < firstTap + tapsPerWindow; tap++)
            {
                foreach (var source in _sources.AsSpan((tap * Block) + (i % 2 * Half), Half))
                {
                    (lowest, highest) = (Math.Min(lowest, source), Math.Max(highest, source));
                }
            }

            starts[i] = Math.Min(lowest, SourceElements - length);
            if (starts[i] < 0 || highest - starts[i] >= length)
            {
                return null;
            }

            for (var tap = firstTap; tap < firstTap + tapsPerWindow; tap++)
            {
                for (var place = (tap * Block) + (i % 2 * Half); place < (tap * Block) + (i % 2 * Half) + Half; place++)
                {
                    _places[place] = _sources[place] - starts[i];
                }
            }
        }

        return starts;
    }
}
