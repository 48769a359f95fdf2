using System.Buffers.Binary;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Recordings.Writing;

namespace DqnAspire.Play.Recordings.Gif;

/// <summary>
/// An animated GIF that repeats for ever. A palette of the format is the file's, index by index. Of a picture only the
/// rectangle that differs from the one before is written.
/// </summary>
/// <remarks>CompuServe, "Graphics Interchange Format, Version 89a" (1990).</remarks>
public sealed class GifWriter : IFilmWriter
{
    /// <summary>
    /// Most pictures a second: viewers show a picture of less than 2/100 s for 1/10 s.
    /// </summary>
    public const double MaxFramesPerSecond = 50;

    private const double DelayUnits = 100;
    private const int MaxDelay = ushort.MaxValue;
    private const int MaxSide = ushort.MaxValue;
    private const byte Extension = 0x21;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte HasTable = 0x80;

    /// <summary>A picture stays where the next one does not cover it.</summary>
    private const byte KeepPicture = 1 << 2;

    private readonly PartFile _file;
    private readonly LzwEncoder _lzw = new();
    private readonly byte[] _previous;
    private readonly byte[] _rectangle;
    private readonly byte[] _indices;
    private ColourTable? _table;
    private long _pictures;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its name when it is whole.</param>
    /// <param name="format">What the pictures are made of; the sound is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// More pictures a second than <see cref="MaxFramesPerSecond"/>, or a side longer than 65,535 pixels.
    /// </exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public GifWriter(string path, FilmFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(format.FramesPerSecond, MaxFramesPerSecond, nameof(format));
        ArgumentOutOfRangeException.ThrowIfLessThan(format.FramesPerSecond, DelayUnits / MaxDelay, nameof(format));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(format.Width, format.Height), MaxSide, nameof(format));
        Format = format;
        _previous = new byte[format.PictureBytes];
        _rectangle = new byte[format.PictureBytes];
        _indices = new byte[format.Width * format.Height];
        _file = new PartFile(path);
    }

    /// <inheritdoc/>
    public FilmFormat Format { get; }

    private int PixelBytes => Format.Palette.IsEmpty ? 3 : 1;

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> sound)
    {
        var rectangle = _pictures == 0
            ? new ChangedRectangle(0, 0, Format.Width, Format.Height)
            : ChangedRectangle.Of(_previous, picture, Format.Width * PixelBytes, PixelBytes);
        picture.CopyTo(_previous);
        var pixels = _rectangle.AsSpan(0, rectangle.Width * rectangle.Height * PixelBytes);
        rectangle.CopyFrom(picture, Format.Width * PixelBytes, PixelBytes, pixels);
        if (_table is null)
        {
            _table = Format.Palette.IsEmpty
                ? ColourTable.OfPixels(pixels)
                : ColourTable.OfPalette(Format.Palette.Span);
            WriteHeader(_table);
        }

        WriteControl();
        WriteImage(rectangle, pixels, _table);
        _pictures++;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_pictures == 0)
        {
            throw new InvalidOperationException("A GIF has at least one picture.");
        }

        _file.Stream.WriteByte(Trailer);
        _file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void WriteHeader(ColourTable table)
    {
        var output = _file.Stream;
        output.Write("GIF89a"u8);
        WriteUInt16(Format.Width);
        WriteUInt16(Format.Height);
        // Eight bits a channel; then background colour and aspect, which no viewer heeds.
        output.Write([(byte)(HasTable | 0x70 | (table.Bits - 1)), 0, 0]);
        table.Write(output);
        // Repeats for ever: the extension that Netscape's browser brought.
        output.Write([Extension, 0xFF, 11]);
        output.Write("NETSCAPE2.0"u8);
        output.Write([3, 1, 0, 0, 0]);
    }

    /// <summary>Times are rounded, not delays, so that the mean is right.</summary>
    private void WriteControl()
    {
        var period = DelayUnits / Format.FramesPerSecond;
        var delay = (int)(Math.Round((_pictures + 1) * period) - Math.Round(_pictures * period));
        _file.Stream.Write([Extension, 0xF9, 4, KeepPicture]);
        WriteUInt16(delay);
        _file.Stream.Write([0, 0]);
    }

    private void WriteImage(ChangedRectangle rectangle, ReadOnlySpan<byte> pixels, ColourTable table)
    {
        var indices = pixels;
        ColourTable? local = null;
        if (Format.Palette.IsEmpty)
        {
            var found = _indices.AsSpan(0, rectangle.Width * rectangle.Height);
            if (!table.TryIndex(pixels, found))
            {
                local = ColourTable.OfPixels(pixels);
                local.TryIndex(pixels, found);
            }

            indices = found;
        }

        _file.Stream.WriteByte(Image);
        WriteUInt16(rectangle.Left);
        WriteUInt16(rectangle.Top);
        WriteUInt16(rectangle.Width);
        WriteUInt16(rectangle.Height);
        _file.Stream.WriteByte(local is null ? (byte)0 : (byte)(HasTable | (local.Bits - 1)));
        local?.Write(_file.Stream);
        _lzw.Encode(indices, (local ?? table).Bits, _file.Stream);
    }

    private void WriteUInt16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        _file.Stream.Write(bytes);
    }
}
