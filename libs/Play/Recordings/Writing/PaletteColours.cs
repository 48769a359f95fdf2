using DqnAspire.Core.Lanes;

namespace DqnAspire.Play.Recordings.Writing;

/// <summary>Looks the colours of pictures up.</summary>
public static class PaletteColours
{
    /// <summary>A picture's red, green and blue.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="format">Its format.</param>
    /// <param name="buffer">At least three bytes a pixel; receives the colours where there is a palette.</param>
    /// <returns>[height, width, 3]: the buffer's beginning, or the picture itself.</returns>
    public static ReadOnlySpan<byte> ToRgb(ReadOnlySpan<byte> picture, FilmFormat format, Span<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format.Palette.IsEmpty)
        {
            return picture;
        }

        var palette = format.Palette.Span;
        for (var i = 0; i < picture.Length; i++)
        {
            palette.Slice(3 * picture[i], 3).CopyTo(buffer[(3 * i)..]);
        }

        return buffer[..(3 * picture.Length)];
    }
}
