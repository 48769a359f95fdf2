namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// The taps along a row, laid out for vectors. A block is eight neighbouring elements of the resampled row, each channel of each
/// pixel an element of its own. For tap k of the first and of the second half of a block there is a window, a run of
/// <see cref="Length"/> source elements in which the four sources lie, and for each element its place in the window and its weight.
/// Elements with fewer taps, and those beyond the end of the row, have further ones of weight zero.
/// </summary>
/// <typeparam name="T">Type of a weight.</typeparam>
internal sealed class RowWindows<T>
    where T : unmanaged
{
    /// <summary>Elements of a block.</summary>
    public const int Block = 8;

    private const int Half = Block / 2;

    private readonly int[] _starts;
    private readonly int[] _places;
    private readonly T[] _weights;

    /// <param name="taps">Taps of the pixels.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="length">Elements of a window.</param>
    public RowWindows(AxisTaps<T> taps, int channels, int length)
    {
        Length = length;
        SourceElements = taps.Source * channels;
        Elements = taps.Destination * channels;
        Blocks = (Elements + Block - 1) / Block;
        TapsPerBlock = taps.MaxCount;
        _starts = new int[Blocks * TapsPerBlock * 2];
        _places = new int[Blocks * TapsPerBlock * Block];
        _weights = new T[_places.Length];
        Fits = SourceElements >= length;
        for (var half = 0; half < _starts.Length; half++)
        {
            Place(taps, channels, half);
        }
    }

    /// <summary>Source elements of a window.</summary>
    public int Length { get; }

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

    /// <summary>
    /// Whether all sources lie in windows inside the row. They do not when a row is shorter than a window, or shrinks so much that
    /// four neighbours' sources are further apart; then only <see cref="SourceOf"/> can be used.
    /// </summary>
    public bool Fits { get; private set; }

    /// <summary>[blocks, taps, 2]: first source element of each window.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>[blocks, taps, 8]: the source's place in its window.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>[blocks, taps, 8].</summary>
    public ReadOnlySpan<T> Weights => _weights;

    /// <summary>The source element of a tap.</summary>
    /// <param name="tap">Index into <see cref="Weights"/>.</param>
    public int SourceOf(int tap) => _starts[tap / Half] + _places[tap];

    private void Place(AxisTaps<T> taps, int channels, int half)
    {
        Span<int> sources = stackalloc int[Half];
        var block = half / 2 / TapsPerBlock;
        var tap = half / 2 % TapsPerBlock;
        var firstElement = (block * Block) + (half % 2 * Half);
        for (var i = 0; i < Half; i++)
        {
            // Beyond the end the last element's sources are named again, so that they lie in the same window.
            var element = Math.Min(firstElement + i, Elements - 1);
            var pixel = element / channels;
            var weights = taps.Weights(pixel);
            sources[i] = ((taps.First(pixel) + Math.Min(tap, weights.Length - 1)) * channels) + (element % channels);
            if (firstElement + i < Elements && tap < weights.Length)
            {
                _weights[(half * Half) + i] = weights[tap];
            }
        }

        var lowest = int.MaxValue;
        foreach (var source in sources)
        {
            lowest = Math.Min(lowest, source);
        }

        _starts[half] = Math.Max(0, Math.Min(lowest, SourceElements - Length));
        for (var i = 0; i < Half; i++)
        {
            var place = sources[i] - _starts[half];
            _places[(half * Half) + i] = place;
            Fits &= place < Length;
        }
    }
}
