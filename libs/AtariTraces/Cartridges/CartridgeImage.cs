using System.Security.Cryptography;

namespace DqnAspire.AtariTraces.Cartridges;

/// <summary>A cartridge's image.</summary>
/// <param name="FileName">Name of its file.</param>
/// <param name="Bytes">The image.</param>
public sealed record CartridgeImage(string FileName, byte[] Bytes)
{
    /// <summary>Name of the file without its extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(FileName);

    /// <summary>MD5 of the image, 32 lower-case hexadecimal digits.</summary>
    public string Checksum { get; } = ChecksumOf(Bytes);

    /// <summary>MD5 of an image, 32 lower-case hexadecimal digits.</summary>
    public static string ChecksumOf(ReadOnlySpan<byte> image) => Convert.ToHexStringLower(MD5.HashData(image));

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CartridgeImage Read(string path) => new(Path.GetFileName(path), File.ReadAllBytes(path));
}
