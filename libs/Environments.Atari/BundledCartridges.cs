using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari;

/// <summary>
/// The cartridges that come with the library: this project's own games, from the folder <c>cartridges</c>.
/// </summary>
public static class BundledCartridges
{
    private const string Folder = "cartridges/";
    private const string Extension = ".bin";

    private static readonly Lazy<ImmutableSortedDictionary<string, byte[]>> Images = new(Load);

    /// <summary>Ids of the games, as in <see cref="Rules.GameCatalog.Default"/>, in alphabetical order.</summary>
    public static IEnumerable<string> Ids => Images.Value.Keys;

    /// <summary>Looks for the cartridge of a game.</summary>
    /// <param name="id">The game's id.</param>
    /// <param name="image">The cartridge's image; empty when there is none.</param>
    /// <returns>Whether the game is among those that come with the library.</returns>
    public static bool TryGet(string id, out ReadOnlyMemory<byte> image)
    {
        ArgumentNullException.ThrowIfNull(id);
        var isThere = Images.Value.TryGetValue(id, out var bytes);
        image = bytes;
        return isThere;
    }

    /// <summary>The cartridge of a game.</summary>
    /// <param name="id">The game's id.</param>
    /// <returns>The cartridge's image.</returns>
    /// <exception cref="KeyNotFoundException">The game is not among those that come with the library.</exception>
    public static ReadOnlyMemory<byte> Get(string id) =>
        TryGet(id, out var image)
            ? image
            : throw new KeyNotFoundException(
                $"No cartridge of '{id}' comes with this library, only of {string.Join(", ", Ids)}.");

    private static ImmutableSortedDictionary<string, byte[]> Load()
    {
        var assembly = typeof(BundledCartridges).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(name => name[Folder.Length..^Extension.Length], Read, StringComparer.Ordinal);

        byte[] Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var image = new byte[stream.Length];
            stream.ReadExactly(image);
            return image;
        }
    }
}
