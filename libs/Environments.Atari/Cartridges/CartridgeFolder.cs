using System.IO.Compression;

namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// Looks through a folder for images of cartridges: its files and those of its folders, and what is in zip files.
/// </summary>
internal sealed class CartridgeFolder
{
    /// <summary>No board is larger; longer files are not looked at.</summary>
    private const int MaxImageBytes = 512 * 1024;

    private static readonly EnumerationOptions Recursively =
        new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    private readonly List<CartridgeImage> _images = [];

    /// <summary>
    /// Looks through a folder. What cannot be read is no error: the rest counts, and <see cref="Problem"/> says what is
    /// wrong.
    /// </summary>
    /// <param name="path">The folder.</param>
    public CartridgeFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            Problem = File.Exists(path) ? $"{path} is a file, not a folder." : $"There is no folder {path}.";
            return;
        }

        Try(() =>
        {
            // Fails where the folder itself may not be read; of folders in it, those that may not are left out.
            _ = Directory.EnumerateFiles(path).FirstOrDefault();
            var files = Directory.EnumerateFiles(path, "*", Recursively).Order(StringComparer.Ordinal).ToArray();
            foreach (var file in files)
            {
                Try(() => Take(file));
            }
        });
    }

    /// <summary>What was found, in the order of the files' paths.</summary>
    public IReadOnlyList<CartridgeImage> Images => _images;

    /// <summary>The first thing that could not be read; null when all could.</summary>
    public string? Problem { get; private set; }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Problem ??= exception.Message;
        }
    }

    private void Take(string path)
    {
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            TakeArchive(path);
        }
        else if (new FileInfo(path).Length is > 0 and <= MaxImageBytes)
        {
            _images.Add(CartridgeImage.Read(path));
        }
    }

    private void TakeArchive(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            foreach (var entry in archive.Entries.Where(entry => entry.Length is > 0 and <= MaxImageBytes))
            {
                var image = new byte[entry.Length];
                using var stream = entry.Open();
                stream.ReadExactly(image);
                _images.Add(new CartridgeImage($"{path}/{entry.FullName}", image));
            }
        }
        catch (InvalidDataException exception)
        {
            Problem ??= $"{path} is no zip file that can be read: {exception.Message}";
        }
    }
}
