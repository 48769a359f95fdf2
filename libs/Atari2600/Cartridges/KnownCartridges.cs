using System.Security.Cryptography;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>The images whose scheme ALE takes from their checksum instead of their content.</summary>
internal static class KnownCartridges
{
    private static readonly Dictionary<string, CartridgeScheme> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bc24440b59092559a1ec26055fd1270e"] = CartridgeScheme.F8Swapped,
        ["75ee371ccfc4f43e7d9b8f24e1266b55"] = CartridgeScheme.F8Swapped,
        ["52a0003efb3b1c49fcde4dbc2c685d8f"] = CartridgeScheme.Rom2K, // Surround, an alternative dump
        ["5bcc83677d68f7ef74c1b4a0697ba2a8"] = CartridgeScheme.Rom4K, // Ice Hockey, a dump that is too long
        ["6dda84fb8e442ecf34241ac0d1d91d69"] = CartridgeScheme.F6Superchip, // Dig Dug
    };

    /// <summary>The scheme of a known image, with its checksum as the reason; null for others.</summary>
    public static CartridgeDetection? Find(ReadOnlySpan<byte> image)
    {
        var checksum = Convert.ToHexStringLower(MD5.HashData(image));
        return FindChecksum(checksum);
    }

    /// <summary>As <see cref="Find"/>, by the MD5 of the whole image in hexadecimal.</summary>
    public static CartridgeDetection? FindChecksum(string checksum) =>
        Schemes.TryGetValue(checksum, out var scheme)
            ? new CartridgeDetection(scheme, $"the image with MD5 {checksum} is known to be {scheme}")
            : null;
}
