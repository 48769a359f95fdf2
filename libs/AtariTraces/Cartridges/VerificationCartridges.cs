using System.Collections.Immutable;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.AtariTraces.Cartridges;

/// <summary>
/// Cartridges written to verify a console, part of this library; <c>README.md</c> beside them says what each is for.
/// </summary>
public static class VerificationCartridges
{
    private const string Prefix = "cartridges/";

    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<CartridgeImage> All { get; } =
    [
        .. typeof(VerificationCartridges).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Load),
    ];

    private static CartridgeImage Load(string resource)
    {
        using var stream = typeof(VerificationCartridges).Assembly.GetManifestResourceStream(resource)!;
        var image = new byte[stream.Length];
        stream.ReadExactly(image);
        return new CartridgeImage(resource[Prefix.Length..], image);
    }
}
