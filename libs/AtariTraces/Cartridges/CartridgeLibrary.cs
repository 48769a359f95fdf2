using System.Collections.Immutable;

namespace DqnAspire.AtariTraces.Cartridges;

/// <summary>The cartridges that are at hand, found by their checksum whatever their files are called.</summary>
public sealed class CartridgeLibrary
{
    /// <summary>No board is larger.</summary>
    private const int LargestImage = 512 * 1024;

    private readonly Dictionary<string, CartridgeImage> _byChecksum = [];

    /// <summary>A library of the files in some folders and of <see cref="VerificationCartridges"/>.</summary>
    /// <param name="folders">The folders; one that does not exist is passed over. Of equal images the first counts.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public CartridgeLibrary(params IEnumerable<string> folders)
    {
        Folders = [.. folders];
        var files = Folders
            .Where(Directory.Exists)
            .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
            .Where(file => file.Length <= LargestImage)
            .Select(file => CartridgeImage.Read(file.FullName));
        var images = ImmutableArray.CreateBuilder<CartridgeImage>();
        foreach (var image in files.Concat(VerificationCartridges.All))
        {
            if (_byChecksum.TryAdd(image.Checksum, image))
            {
                images.Add(image);
            }
        }

        Images = images.ToImmutable();
    }

    /// <summary>Where files were looked for.</summary>
    public ImmutableArray<string> Folders { get; }

    /// <summary>All images, those of the folders first.</summary>
    public ImmutableArray<CartridgeImage> Images { get; }

    /// <summary>The library of this machine: <c>GOLDEN_DIR/atari/roms</c> and <c>ROMS_DIR</c>, where these variables are set.</summary>
    public static CartridgeLibrary OfThisMachine()
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("GOLDEN_DIR") is { Length: > 0 } golden)
        {
            folders.Add(Path.Combine(golden, "atari", "roms"));
        }

        if (Environment.GetEnvironmentVariable("ROMS_DIR") is { Length: > 0 } roms)
        {
            folders.Add(roms);
        }

        return new CartridgeLibrary(folders);
    }

    /// <summary>The image with a checksum; null when it is not here.</summary>
    /// <param name="checksum">MD5 in lower-case hexadecimal.</param>
    public CartridgeImage? Find(string checksum) => _byChecksum.GetValueOrDefault(checksum);
}
