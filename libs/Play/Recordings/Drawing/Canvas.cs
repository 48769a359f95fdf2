using DqnAspire.Core.Lanes;

namespace DqnAspire.Play.Recordings.Drawing;

/// <summary>
/// Makes a recording's pictures of a film's: magnified, with square pixels, and a strip of text below. Colours stay as
/// they are, and a palette stays a palette.
/// </summary>
internal sealed class Canvas
{
    /// <summary>Rows of a picture that is magnified as far as it stays below.</summary>
    private const int AutomaticRows = 480;

    private readonly FilmFormat _film;
    private readonly TextStrip _strip;
    private readonly byte[] _pixels;
    private readonly byte[] _paper;
    private readonly byte[] _ink;
    private readonly int _scale;
    private readonly int _pictureHeight;

    /// <summary>Makes a canvas.</summary>
    /// <param name="film">What comes.</param>
    /// <param name="scale">Rows that a row of the film takes; 0: as many as stay below 480 rows.</param>
    /// <param name="squarePixels">Whether pixels that are shown wider than high become so.</param>
    /// <param name="fields">Most characters of each field of the text.</param>
    /// <param name="framesPerSecond">Pictures a second.</param>
    public Canvas(FilmFormat film, int scale, bool squarePixels, IReadOnlyList<int> fields, double framesPerSecond)
    {
        _film = film;
        _scale = scale > 0 ? scale : Math.Max(1, AutomaticRows / film.Height);
        var width = (int)Math.Round(film.Width * _scale * (squarePixels ? film.PixelAspect : 1));
        _pictureHeight = film.Height * _scale;
        _strip = new TextStrip(width, fields);
        Format = film with
        {
            Width = width,
            Height = _pictureHeight + _strip.Height,
            PixelAspect = 1,
            FramesPerSecond = framesPerSecond,
        };
        _pixels = new byte[Format.PictureBytes];
        _paper = Pixel(brightest: false);
        _ink = Pixel(brightest: true);
    }

    /// <summary>What comes out.</summary>
    public FilmFormat Format { get; }

    private int PixelBytes => _film.Palette.IsEmpty ? 3 : 1;

    /// <summary>Draws a picture.</summary>
    /// <param name="picture">In the film's format.</param>
    /// <param name="texts">A text for each field.</param>
    /// <returns>In the format of the canvas; holds until the next call.</returns>
    public ReadOnlySpan<byte> Draw(ReadOnlySpan<byte> picture, IReadOnlyList<string> texts)
    {
        var (bytes, rowBytes) = (PixelBytes, Format.Width * PixelBytes);
        for (var row = 0; row < _film.Height; row++)
        {
            var from = picture.Slice(row * _film.Width * bytes, _film.Width * bytes);
            var to = _pixels.AsSpan(row * _scale * rowBytes, rowBytes);
            for (var x = 0; x < Format.Width; x++)
            {
                from.Slice((int)((long)x * _film.Width / Format.Width) * bytes, bytes).CopyTo(to[(x * bytes)..]);
            }

            for (var copy = 1; copy < _scale; copy++)
            {
                to.CopyTo(_pixels.AsSpan(((row * _scale) + copy) * rowBytes));
            }
        }

        _strip.Draw(texts, _pixels.AsSpan(_pictureHeight * rowBytes), _paper, _ink);
        return _pixels;
    }

    /// <summary>The darkest or brightest pixel that there is.</summary>
    private byte[] Pixel(bool brightest)
    {
        if (_film.Palette.IsEmpty)
        {
            return brightest ? [255, 255, 255] : [0, 0, 0];
        }

        var colours = Enumerable.Range(0, _film.Palette.Length / 3);
        return [(byte)(brightest ? colours.MaxBy(Brightness) : colours.MinBy(Brightness))];

        int Brightness(int colour)
        {
            var rgb = _film.Palette.Span.Slice(3 * colour, 3);
            return rgb[0] + rgb[1] + rgb[2];
        }
    }
}
