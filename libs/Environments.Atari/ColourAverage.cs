using DqnAspire.Atari2600.Television;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// ALE's <c>color_averaging</c>: two pictures in succession as one, for games that show things in turns. Of each
/// channel the smaller value is taken and 77 % of the difference; the colour shown is the first of the palette that is
/// nearest to that, its channels cut to multiples of 4, by the sum of the channels' distances.
/// </summary>
internal sealed class ColourAverage
{
    private const int Colours = Palette.Size / 2;
    private const int BlendPercent = 77;
    private const int ChannelCut = 0xFC;

    private static readonly Lazy<ColourAverage> Ntsc = new(() => new ColourAverage(Palette.Ntsc));
    private static readonly Lazy<ColourAverage> Pal = new(() => new ColourAverage(Palette.Pal));

    /// <summary>[colour, colour]: the average, an even pixel value.</summary>
    private readonly byte[] _table = new byte[Colours * Colours];

    private ColourAverage(Palette palette)
    {
        for (var first = 0; first < Colours; first++)
        {
            for (var second = 0; second <= first; second++)
            {
                var average = Nearest(palette, Blend(palette.Rgb[2 * first], palette.Rgb[2 * second]));
                _table[(first * Colours) + second] = average;
                _table[(second * Colours) + first] = average;
            }
        }
    }

    /// <summary>The averages of a format's colours.</summary>
    /// <param name="format">The television format.</param>
    public static ColourAverage For(TelevisionFormat format) =>
        (format == TelevisionFormat.Pal ? Pal : Ntsc).Value;

    /// <summary>Averages two pictures of pixel values.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other, of the same size.</param>
    /// <param name="average">Receives the result.</param>
    public void Apply(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> average)
    {
        for (var i = 0; i < first.Length; i++)
        {
            average[i] = _table[((first[i] >> 1) * Colours) + (second[i] >> 1)];
        }
    }

    private static uint Blend(uint first, uint second)
    {
        var blended = 0u;
        for (var shift = 0; shift < 24; shift += 8)
        {
            var (low, high) = ((first >> shift) & 0xFF, (second >> shift) & 0xFF);
            (low, high) = (Math.Min(low, high), Math.Max(low, high));
            blended |= (((high - low) * BlendPercent / 100) + low) << shift;
        }

        return blended;
    }

    private static byte Nearest(Palette palette, uint colour)
    {
        var (nearest, least) = (0, int.MaxValue);
        for (var i = 0; i < Colours; i++)
        {
            var distance = 0;
            for (var shift = 0; shift < 24; shift += 8)
            {
                distance += Math.Abs(
                    (int)((palette.Rgb[2 * i] >> shift) & 0xFF) - (int)((colour >> shift) & ChannelCut));
            }

            if (distance < least)
            {
                (nearest, least) = (2 * i, distance);
            }
        }

        return (byte)nearest;
    }
}
