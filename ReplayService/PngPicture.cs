using System.Buffers.Binary;
using System.IO.Compression;

namespace DqnAspire.ReplayService;

/// <summary>An observation as a PNG file: 8 bits a channel, gray or RGB, no filter.</summary>
/// <remarks>W3C, "Portable Network Graphics (PNG) Specification (Third Edition)".</remarks>
public static class PngPicture
{
    private const byte Gray = 0;
    private const byte Rgb = 2;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOfByte((uint)n))];

    /// <summary>Whether observations of a shape are pictures.</summary>
    public static bool IsPicture(IReadOnlyList<int> shape) => shape.Count == 2 || (shape.Count == 3 && shape[2] is 1 or 3);

    /// <summary>Writes a picture.</summary>
    /// <param name="pixels">[rows, columns] gray, or [rows, columns, 3] RGB.</param>
    /// <param name="rows">Height.</param>
    /// <param name="columns">Width.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int rows, int columns)
    {
        var stride = pixels.Length / rows;
        using var png = new MemoryStream();
        png.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        header[8] = 8;
        header[9] = stride == columns ? Gray : Rgb;
        WriteChunk(png, "IHDR"u8, header);

        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < rows; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(row * stride, stride));
            }
        }

        WriteChunk(png, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
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
