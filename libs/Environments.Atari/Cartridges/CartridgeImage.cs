using System.IO.Compression;
using System.Security.Cryptography;

namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>A cartridge's image.</summary>
/// <param name="Source">Its file; in a zip file, that and its path in there.</param>
/// <param name="Bytes">The image.</param>
public sealed record CartridgeImage(string Source, byte[] Bytes)
{
    private const string Packed = ".gz";

    /// <summary>gzip's number of its only method.</summary>
    private const byte Deflate = 8;

    /// <summary>Name of its file.</summary>
    public string FileName => Path.GetFileName(Source);

    /// <summary>Name of its file without the extension, that of gzip included.</summary>
    public string Name => Path.GetFileNameWithoutExtension(
        Source.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? Source[..^Packed.Length] : Source);

    /// <summary>MD5 of the image, 32 lower-case hexadecimal digits.</summary>
    public string Checksum { get; } = ChecksumOf(Bytes);

    /// <summary>MD5 of an image, 32 lower-case hexadecimal digits.</summary>
    /// <param name="image">The image.</param>
    public static string ChecksumOf(ReadOnlySpan<byte> image) => Convert.ToHexStringLower(MD5.HashData(image));

    /// <summary>Reads a file, plain or compressed with gzip, by whatever name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read, or is longer than any cartridge.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CartridgeImage Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = ReadToEnd(file) ?? throw TooLong(path);
        return new CartridgeImage(path, bytes is [0x1F, 0x8B, Deflate, ..] ? Unpack(path, bytes) : bytes);
    }

    /// <summary>What gzip packed; the bytes themselves where they only look like that.</summary>
    private static byte[] Unpack(string path, byte[] bytes)
    {
        try
        {
            using var unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return ReadToEnd(unpacked) ?? throw TooLong(path);
        }
        catch (InvalidDataException)
        {
            return bytes;
        }
    }

    /// <summary>All of a stream; null where it is longer than any cartridge.</summary>
    private static byte[]? ReadToEnd(Stream stream)
    {
        var bytes = new byte[FolderLimits.ImageBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= FolderLimits.ImageBytes ? bytes[..length] : null;
    }

    private static IOException TooLong(string path) =>
        new($"{path} has more than {FolderLimits.ImageBytes} bytes; no cartridge has.");
}
