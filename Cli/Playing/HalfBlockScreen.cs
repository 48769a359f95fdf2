using System.Globalization;
using System.Text;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Cli.Playing;

/// <summary>
/// A film's pictures in a terminal: a character is two pixels, one above the other, in 24-bit colour. Pictures are made
/// smaller by averaging; only characters that change are written.
/// </summary>
internal sealed class HalfBlockScreen
{
    /// <summary>A terminal's character is about twice as high as wide, so half of it is a square.</summary>
    private const int PixelsPerRow = 2;

    private readonly FilmFormat _film;
    private readonly int _height;
    private readonly int[] _shown;

    /// <summary>Fits pictures into a part of the terminal that begins in its upper left corner.</summary>
    /// <param name="film">What comes.</param>
    /// <param name="columns">Characters of a row.</param>
    /// <param name="rows">Rows.</param>
    public HalfBlockScreen(FilmFormat film, int columns, int rows)
    {
        _film = film;
        var width = film.Width * film.PixelAspect;
        var scale = Math.Min(columns / width, PixelsPerRow * rows / (double)film.Height);
        Columns = Math.Clamp((int)(width * scale), 1, Math.Max(1, columns));
        Rows = Math.Clamp((int)(film.Height * scale) / PixelsPerRow, 1, Math.Max(1, rows));
        _height = PixelsPerRow * Rows;
        _shown = new int[Columns * _height];
        Array.Fill(_shown, -1);
    }

    /// <summary>Characters of a row of the picture.</summary>
    public int Columns { get; }

    /// <summary>Rows of the picture.</summary>
    public int Rows { get; }

    /// <summary>What makes the terminal show a picture, after the one before.</summary>
    /// <param name="picture">In the film's format.</param>
    public string Draw(ReadOnlySpan<byte> picture)
    {
        var text = new StringBuilder();
        var (pen, paper) = (-1, -1);
        for (var row = 0; row < Rows; row++)
        {
            var follows = false;
            for (var column = 0; column < Columns; column++)
            {
                var upper = Average(picture, column, PixelsPerRow * row);
                var lower = Average(picture, column, (PixelsPerRow * row) + 1);
                var above = (PixelsPerRow * row * Columns) + column;
                var below = above + Columns;
                if (_shown[above] == upper && _shown[below] == lower)
                {
                    follows = false;
                    continue;
                }

                (_shown[above], _shown[below]) = (upper, lower);
                if (!follows)
                {
                    text.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};{column + 1}H");
                    follows = true;
                }

                SetColour(text, ref pen, upper, 38);
                SetColour(text, ref paper, lower, 48);
                text.Append('▀');
            }
        }

        return text.Length > 0 ? text.Append("\e[0m").ToString() : "";
    }

    private static void SetColour(StringBuilder text, ref int now, int colour, int code)
    {
        if (now != colour)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\e[{code};2;{colour >> 16};{(colour >> 8) & 0xFF};{colour & 0xFF}m");
            now = colour;
        }
    }

    /// <summary>The mean of the film's pixels that a pixel of the terminal stands for, at least one.</summary>
    private int Average(ReadOnlySpan<byte> picture, int x, int y)
    {
        var (left, top) = (x * _film.Width / Columns, y * _film.Height / _height);
        var right = Math.Max(left + 1, (x + 1) * _film.Width / Columns);
        var bottom = Math.Max(top + 1, (y + 1) * _film.Height / _height);
        var (red, green, blue) = (0, 0, 0);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                var pixel = (row * _film.Width) + column;
                var rgb = _film.Palette.IsEmpty
                    ? picture.Slice(3 * pixel, 3)
                    : _film.Palette.Span.Slice(3 * picture[pixel], 3);
                (red, green, blue) = (red + rgb[0], green + rgb[1], blue + rgb[2]);
            }
        }

        var count = (bottom - top) * (right - left);
        return (red / count << 16) | (green / count << 8) | (blue / count);
    }
}
