using System.Collections.Frozen;
using System.Collections.Immutable;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// The cartridges at hand: images in folders, zip files included, whatever they are called, and those that come with a
/// program. They are found by checksum; the cartridge of a game by file name too.
/// </summary>
public sealed class CartridgeShelf
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string FolderVariable = "ROMS_DIR";

    private readonly FrozenDictionary<string, CartridgeImage> _byChecksum;
    private readonly FrozenDictionary<string, CartridgeImage> _byName;

    /// <summary>
    /// The cartridges of some folders and their folders. A folder or file that cannot be read is no error here, as the
    /// bundled games go without it; <see cref="Problem"/> says what is wrong.
    /// </summary>
    /// <param name="folders">The folders. Of equal images the first counts.</param>
    /// <param name="others">Images to have beside those; null for none.</param>
    public CartridgeShelf(IEnumerable<string> folders, IEnumerable<CartridgeImage>? others = null)
        : this(folders, others, null)
    {
    }

    private CartridgeShelf(IEnumerable<string> folders, IEnumerable<CartridgeImage>? others, string? problem)
    {
        ArgumentNullException.ThrowIfNull(folders);
        Folders = [.. folders.Select(Path.GetFullPath)];
        CartridgeFolder[] found = [.. Folders.Select(folder => new CartridgeFolder(folder))];
        Problem = problem ?? found.Select(folder => folder.Problem).FirstOrDefault(problem => problem is not null);
        CartridgeImage[] images = [.. found.SelectMany(folder => folder.Images), .. others ?? []];
        Images = [.. images.DistinctBy(image => image.Checksum)];
        _byChecksum = Images.ToFrozenDictionary(image => image.Checksum, StringComparer.OrdinalIgnoreCase);
        _byName = images.DistinctBy(image => image.Name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(image => image.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The folders that were looked through.</summary>
    public ImmutableArray<string> Folders { get; }

    /// <summary>The first thing in the folders that could not be read; null when all could.</summary>
    public string? Problem { get; }

    /// <summary>All images, those of the folders first.</summary>
    public ImmutableArray<CartridgeImage> Images { get; }

    /// <summary>Stands for a folder that could not be looked through in time.</summary>
    internal static CartridgeShelf Unread { get; } = new(
        [], null, $"the folder that {FolderVariable} names takes too long to look through; its drive may be gone.");

    /// <summary>The cartridges of the folder that <see cref="FolderVariable"/> names now.</summary>
    public static CartridgeShelf OfThisMachine() =>
        new(Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? [folder] : []);

    /// <summary>The image with a checksum.</summary>
    /// <param name="checksum">MD5 in hexadecimal.</param>
    /// <returns>Null when it is not here.</returns>
    public CartridgeImage? Find(string checksum) => _byChecksum.GetValueOrDefault(checksum);

    /// <summary>The cartridge of a game: the one that comes with this library, or else of the images.</summary>
    /// <param name="rule">The game.</param>
    /// <returns>The cartridge, with a warning where only its name fits; null when it is not here.</returns>
    public FoundCartridge? Find(GameRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (BundledCartridges.TryGet(rule.Id, out var bundled))
        {
            return FoundCartridge.Bundled(bundled);
        }

        if (rule.Checksums.Select(Find).FirstOrDefault(image => image is not null) is { } known)
        {
            return new FoundCartridge(known.Bytes, known.Source, null);
        }

        return _byName.TryGetValue(rule.Id, out var named)
            ? new FoundCartridge(
                named.Bytes,
                named.Source,
                $"{named.Source} has the name of {rule.Name} but MD5 {named.Checksum}; "
                + $"the rule is made for {string.Join(" or ", rule.Checksums)}.")
            : null;
    }

    /// <summary>What is missing and where to put it.</summary>
    /// <param name="rule">A game whose cartridge is not here.</param>
    public string Explain(GameRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (ReferenceEquals(this, Unread))
        {
            return $"The cartridge of {rule.Name} is not found: {Problem}";
        }

        var wanted = $"The cartridge of {rule.Name} is needed: "
            + $"a file with MD5 {string.Join(" or ", rule.Checksums)}, or named {rule.Id}.bin,";
        if (Folders.IsEmpty)
        {
            return $"{wanted} in the folder that the environment variable {FolderVariable} names; it is not set.";
        }

        var place =
            $"{wanted} in {string.Join(" or ", Folders)} ({FolderVariable}), where {Images.Length} other images are";
        return Problem is null ? $"{place}." : $"{place} and not everything can be read: {Problem}";
    }
}
