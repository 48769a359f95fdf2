using System.Buffers.Binary;
using System.IO.Compression;

namespace DqnAspire.Core.Pictures;

/// <summary>Pixels as a PNG file: 8 bits a channel, gray or RGB, no filter.</summary>
/// <remarks>W3C, "Portable Network Graphics (PNG) Specification (Third Edition)".</remarks>
public static class PngPicture
{
    private const byte Gray = 0;
    private const byte Rgb = 2;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOfByte((uint)n))];

    /// <summary>Whether arrays of bytes of a shape are pictures: [rows, columns], or [rows, columns, 1 or 3].</summary>
    /// <param name="shape">Lengths of the axes.</param>
    public static bool IsPicture(IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Count == 2 || (shape.Count == 3 && shape[2] is 1 or 3);
    }

    /// <summary>Writes a picture.</summary>
    /// <param name="pixels">[rows, columns] gray, or [rows, columns, 3] RGB.</param>
    /// <param name="rows">Height, at least 1.</param>
    /// <param name="columns">Width, at least 1.</param>
    /// <param name="scale">Rows and columns of the picture that a pixel takes, at least 1.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException">There are not one or three bytes a pixel.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int rows, int columns, int scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        var channels = pixels.Length / (rows * columns);
        if (channels is not (1 or 3) || pixels.Length != rows * columns * channels)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes are neither one nor three a pixel of a picture of {rows} x {columns}.",
                nameof(pixels));
        }

        using var png = new MemoryStream();
        png.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, columns * scale);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows * scale);
        header[8] = 8;
        header[9] = channels == 1 ? Gray : Rgb;
        WriteChunk(png, "IHDR"u8, header);

        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            // The leading byte of a line names its filter: 0 for none.
            var line = new byte[1 + (columns * channels * scale)];
            for (var row = 0; row < rows; row++)
            {
                Widen(pixels.Slice(row * columns * channels, columns * channels), channels, scale, line.AsSpan(1));
                for (var copy = 0; copy < scale; copy++)
                {
                    zlib.Write(line);
                }
            }
        }

        WriteChunk(png, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Widen(ReadOnlySpan<byte> row, int channels, int scale, Span<byte> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = row[(i / (channels * scale) * channels) + (i % channels)];
        }
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint CrcOfByte(uint n)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            n = (n & 1) != 0 ? 0xEDB88320 ^ (n >> 1) : n >> 1;
        }

        return n;
    }
}
