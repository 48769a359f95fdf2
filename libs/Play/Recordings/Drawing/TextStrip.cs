namespace DqnAspire.Play.Recordings.Drawing;

/// <summary>
/// The strip below a picture on which fields are written, each with a place of its own, in as many rows as they need.
/// </summary>
internal sealed class TextStrip
{
    private const int Margin = 3;
    private const int LineHeight = TinyFont.Size + 3;
    private const int CharactersApart = 2;

    /// <summary>Picture width at which a pixel of the font becomes one pixel wider.</summary>
    private const int WidthOfScale = 320;

    private readonly (int Row, int Column, int Characters)[] _places;
    private readonly int _width;
    private readonly int _scale;

    /// <summary>Places the fields.</summary>
    /// <param name="width">Pixels of the picture's row.</param>
    /// <param name="fields">Most characters of each field.</param>
    public TextStrip(int width, IReadOnlyList<int> fields)
    {
        _width = width;
        _scale = Math.Max(1, width / WidthOfScale);
        _places = new (int, int, int)[fields.Count];
        var available = Math.Max(1, ((width / _scale) - (2 * Margin)) / TinyFont.Advance);
        var (row, column) = (0, 0);
        for (var i = 0; i < fields.Count; i++)
        {
            if (column > 0 && column + fields[i] > available)
            {
                (row, column) = (row + 1, 0);
            }

            _places[i] = (row, column, Math.Min(fields[i], available));
            column += fields[i] + CharactersApart;
        }

        Height = fields.Count == 0 ? 0 : _scale * (((row + 1) * LineHeight) + Margin);
    }

    /// <summary>Rows of pixels; 0 where there are no fields.</summary>
    public int Height { get; }

    /// <summary>Writes the fields.</summary>
    /// <param name="texts">A text for each field; what has no room is cut off.</param>
    /// <param name="strip">[height, width, pixel]: receives the strip.</param>
    /// <param name="paper">A pixel without ink.</param>
    /// <param name="ink">A pixel with ink, of as many bytes.</param>
    public void Draw(
        IReadOnlyList<string> texts, Span<byte> strip, ReadOnlySpan<byte> paper, ReadOnlySpan<byte> ink)
    {
        for (var pixel = 0; pixel < _width * Height; pixel++)
        {
            paper.CopyTo(strip[(pixel * paper.Length)..]);
        }

        for (var i = 0; i < _places.Length; i++)
        {
            var (row, column, characters) = _places[i];
            for (var c = 0; c < Math.Min(characters, texts[i].Length); c++)
            {
                var left = Margin + ((column + c) * TinyFont.Advance);
                DrawCharacter(texts[i][c], strip, left, Margin + (row * LineHeight), ink);
            }
        }
    }

    private void DrawCharacter(char character, Span<byte> strip, int left, int top, ReadOnlySpan<byte> ink)
    {
        for (var y = 0; y < TinyFont.Size * _scale; y++)
        {
            for (var x = 0; x < TinyFont.Size * _scale; x++)
            {
                if (TinyFont.HasInk(character, y / _scale, x / _scale))
                {
                    var pixel = (((top * _scale) + y) * _width) + (left * _scale) + x;
                    ink.CopyTo(strip[(pixel * ink.Length)..]);
                }
            }
        }
    }
}
