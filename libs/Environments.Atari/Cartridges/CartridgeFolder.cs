using System.IO.Compression;

namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// Looks through a folder for images of cartridges: its files and those of its folders, plain or compressed with gzip,
/// and what is in zip files.
/// </summary>
internal sealed class CartridgeFolder
{
    private readonly List<CartridgeImage> _images = [];
    private readonly FolderLimits _limits;
    private string? _firstProblem;
    private int _problems;
    private long _bytes;

    /// <summary>
    /// Looks through a folder. What cannot be read is no error: the rest counts, and <see cref="Problem"/> says what is
    /// wrong.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="limits">How far to look; null for the usual limits.</param>
    public CartridgeFolder(string path, FolderLimits? limits = null)
    {
        _limits = limits ?? FolderLimits.Default;
        if (!Directory.Exists(path))
        {
            PassOver(File.Exists(path) ? $"{path} is a file, not a folder" : $"There is no folder {path}");
            return;
        }

        var walk = new FolderWalk(_limits, (left, why) => PassOver($"{left} is passed over: {why}"));
        Try(() =>
        {
            foreach (var file in walk.Files(path))
            {
                if (walk.IsLate)
                {
                    PassOver($"{file} and what follows are passed over: looking took too long");
                    break;
                }

                Try(() => Take(file));
            }
        });
    }

    /// <summary>What was found, in the order of the files' paths.</summary>
    public IReadOnlyList<CartridgeImage> Images => _images;

    /// <summary>
    /// The first thing that could not be read or was passed over, and how many more there are; null when there is none.
    /// </summary>
    public string? Problem => _problems switch
    {
        0 => null,
        1 => $"{_firstProblem}.",
        _ => $"{_firstProblem}, and so are {_problems - 1} more.",
    };

    private string TooMuch => $"the images have more than {_limits.Bytes >> 20} MiB together";

    private void PassOver(string problem)
    {
        _firstProblem ??= problem.TrimEnd('.');
        _problems++;
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            PassOver(exception.Message);
        }
    }

    private void Take(string path)
    {
        // Of a link, the file that it leads to. What is no ordinary file, a pipe or a device, has no length, and would
        // not end when read.
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        var isArchive = path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        var most = isArchive ? FolderLimits.ArchiveBytes : FolderLimits.ImageBytes;
        if (!file.Exists || file.Length == 0)
        {
            PassOver($"{path} is passed over: it is empty or no ordinary file");
        }
        else if (file.Length > most)
        {
            PassOver($"{path} is passed over: it has more than {most} bytes");
        }
        else if (isArchive)
        {
            TakeArchive(path);
        }
        else
        {
            Add(CartridgeImage.Read(path));
        }
    }

    private void TakeArchive(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            foreach (var entry in archive.Entries.Where(entry => entry.Length is > 0 and <= FolderLimits.ImageBytes))
            {
                if (_bytes + entry.Length > _limits.Bytes)
                {
                    PassOver($"{path} is passed over in part: {TooMuch}");
                    break;
                }

                var image = new byte[entry.Length];
                using var stream = entry.Open();
                stream.ReadExactly(image);
                Add(new CartridgeImage($"{path}/{entry.FullName}", image));
            }
        }
        catch (InvalidDataException exception)
        {
            PassOver($"{path} is no zip file that can be read: {exception.Message}");
        }
    }

    private void Add(CartridgeImage image)
    {
        if (_bytes + image.Bytes.Length > _limits.Bytes)
        {
            PassOver($"{image.Source} is passed over: {TooMuch}");
            return;
        }

        _bytes += image.Bytes.Length;
        _images.Add(image);
    }
}
