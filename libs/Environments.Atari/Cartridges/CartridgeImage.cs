using System.Security.Cryptography;

namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>A cartridge's image.</summary>
/// <param name="Source">Its file; in a zip file, that and its path in there.</param>
/// <param name="Bytes">The image.</param>
public sealed record CartridgeImage(string Source, byte[] Bytes)
{
    /// <summary>Name of its file.</summary>
    public string FileName => Path.GetFileName(Source);

    /// <summary>Name of its file without the extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Source);

    /// <summary>MD5 of the image, 32 lower-case hexadecimal digits.</summary>
    public string Checksum { get; } = ChecksumOf(Bytes);

    /// <summary>MD5 of an image, 32 lower-case hexadecimal digits.</summary>
    /// <param name="image">The image.</param>
    public static string ChecksumOf(ReadOnlySpan<byte> image) => Convert.ToHexStringLower(MD5.HashData(image));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CartridgeImage Read(string path) => new(path, File.ReadAllBytes(path));
}
