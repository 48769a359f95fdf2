namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>A cartridge that was found.</summary>
/// <param name="Image">The image.</param>
/// <param name="Source">Where it was found, for people.</param>
/// <param name="Warning">What is doubtful about it; null when its checksum is known.</param>
public sealed record FoundCartridge(ReadOnlyMemory<byte> Image, string Source, string? Warning)
{
    /// <summary>One that comes with the library.</summary>
    /// <param name="image">The image.</param>
    internal static FoundCartridge Bundled(ReadOnlyMemory<byte> image) => new(image, "comes with the library", null);
}
