using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// The cartridges at hand: those that come with the library, and the images in a folder, zip files included, whatever they are
/// called. A game's cartridge is found by checksum, then by file name.
/// </summary>
public sealed class CartridgeShelf
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string FolderVariable = "ROMS_DIR";

    /// <summary>No board is larger; longer files are not looked at.</summary>
    private const int LargestImage = 512 * 1024;

    private readonly FrozenDictionary<string, CartridgeFile> _byChecksum;
    private readonly FrozenDictionary<string, CartridgeFile> _byName;

    private CartridgeShelf(string? folder, string? problem, IReadOnlyList<CartridgeFile> files)
    {
        Folder = folder;
        Problem = problem;
        _byChecksum = files.DistinctBy(file => file.Checksum).ToFrozenDictionary(file => file.Checksum, StringComparer.OrdinalIgnoreCase);
        _byName = files.DistinctBy(file => file.Name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(file => file.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The folder that was looked through; null when there is none.</summary>
    public string? Folder { get; }

    /// <summary>Why the folder could not be looked through; null when it could.</summary>
    public string? Problem { get; }

    /// <summary>Number of images that were found in the folder.</summary>
    public int FileCount => _byChecksum.Count;

    /// <summary>The cartridges of the folder that <see cref="FolderVariable"/> names now, and those that come with the library.</summary>
    public static CartridgeShelf OfThisMachine() => Open(Environment.GetEnvironmentVariable(FolderVariable));

    /// <summary>
    /// The cartridges of a folder and its folders, and those that come with the library. A folder that cannot be read is no error
    /// here, as the bundled games go without it; <see cref="Problem"/> says what is wrong.
    /// </summary>
    /// <param name="folder">The folder; null or empty for none.</param>
    public static CartridgeShelf Open(string? folder)
    {
        if (string.IsNullOrEmpty(folder))
        {
            return new CartridgeShelf(null, null, []);
        }

        var path = Path.GetFullPath(folder);
        if (!Directory.Exists(path))
        {
            return new CartridgeShelf(path, $"There is no folder {path}.", []);
        }

        try
        {
            var files = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
                .Order(StringComparer.Ordinal)
                .SelectMany(ReadFile)
                .ToArray();
            return new CartridgeShelf(path, null, files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new CartridgeShelf(path, exception.Message, []);
        }
    }

    /// <summary>The cartridge of a game.</summary>
    /// <param name="rule">The game.</param>
    /// <returns>The cartridge, with a warning where only its name fits; null when it is not here.</returns>
    public FoundCartridge? Find(GameRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (BundledCartridges.TryGet(rule.Id, out var bundled))
        {
            return new FoundCartridge(bundled, "comes with the library", null);
        }

        foreach (var checksum in rule.Checksums)
        {
            if (_byChecksum.TryGetValue(checksum, out var file))
            {
                return new FoundCartridge(file.Image, file.Path, null);
            }
        }

        return _byName.TryGetValue(rule.Id, out var named)
            ? new FoundCartridge(
                named.Image,
                named.Path,
                $"{named.Path} has the name of {rule.Name} but MD5 {named.Checksum}; the rule is made for {string.Join(" or ", rule.Checksums)}.")
            : null;
    }

    /// <summary>What is missing and where to put it.</summary>
    /// <param name="rule">A game whose cartridge is not here.</param>
    public string Explain(GameRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var wanted = $"The cartridge of {rule.Name} is needed: a file with MD5 {string.Join(" or ", rule.Checksums)}, or named {rule.Id}.bin,";
        return Folder is null
            ? $"{wanted} in the folder that the environment variable {FolderVariable} names; it is not set."
            : Problem is null
                ? $"{wanted} in {Folder} ({FolderVariable}), where {FileCount} other images are."
                : $"{wanted} in {Folder} ({FolderVariable}), which cannot be read: {Problem}";
    }

    private static IEnumerable<CartridgeFile> ReadFile(string path)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return new FileInfo(path).Length <= LargestImage ? [CartridgeFile.Of(path, path, File.ReadAllBytes(path))] : [];
        }

        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.Entries
                .Where(entry => entry.Length is > 0 and <= LargestImage)
                .Select(entry => CartridgeFile.Of($"{path}/{entry.FullName}", entry.FullName, ReadEntry(entry)))
                .ToArray();
        }
        catch (InvalidDataException)
        {
            // A file that is called a zip file and is none holds no cartridge.
            return [];
        }
    }

    private static byte[] ReadEntry(ZipArchiveEntry entry)
    {
        var image = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(image);
        return image;
    }

    private sealed record CartridgeFile(string Path, string Name, string Checksum, byte[] Image)
    {
        public static CartridgeFile Of(string path, string name, byte[] image) => new(
            path, System.IO.Path.GetFileNameWithoutExtension(name), Convert.ToHexStringLower(MD5.HashData(image)), image);
    }
}
