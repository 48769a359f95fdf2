using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// A table that is written in a folder beside its own and moved to its place when it is complete, so that nobody ever
/// finds half of it.
/// </summary>
public sealed class StagedTable : IDisposable
{
    internal const string PartSuffix = ".part";

    private readonly string _directory;
    private readonly string _part;

    private StagedTable(string directory, string part, FileReplayStore store)
    {
        (_directory, _part) = (directory, part);
        Store = store;
    }

    /// <summary>The incomplete table.</summary>
    public IReplayStore Store { get; }

    /// <summary>Makes the empty table beside its folder; what an earlier attempt left there is deleted.</summary>
    /// <param name="directory">Folder of the complete table: absent, or empty.</param>
    /// <param name="manifest">Size, shape and limits of the table.</param>
    /// <exception cref="ReplayStoreException">It cannot be made.</exception>
    public static StagedTable Begin(string directory, TableManifest manifest)
    {
        var part = directory + PartSuffix;
        StoreErrors.Guard(part, "made", DeletePart);
        var options = new FileStoreOptions { ResidentBytes = 1 << 20 };
        return new StagedTable(directory, part, FileReplayStore.Create(part, manifest, options));
    }

    /// <summary>Closes the table and moves it to its place.</summary>
    /// <exception cref="ReplayStoreException">It cannot be moved.</exception>
    public void Complete()
    {
        Store.Dispose();
        StoreErrors.Guard(_directory, "made", path =>
        {
            if (Directory.Exists(path))
            {
                // Tables can lie below one another; then the folder exists already, and the files are moved one by one.
                MoveFiles(path);
                return;
            }

            Directory.Move(_part, path);
        });
    }

    /// <summary>Deletes the table unless it is complete.</summary>
    public void Dispose()
    {
        Store.Dispose();
        DeletePart(_part);
    }

    private static void DeletePart(string part)
    {
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }
    }

    private void MoveFiles(string directory)
    {
        // The manifest last: a folder is a table when it has one.
        foreach (var path in Directory.EnumerateFiles(_part).OrderBy(p => Path.GetFileName(p) == ManifestFile.FileName))
        {
            File.Move(path, Path.Combine(directory, Path.GetFileName(path)), overwrite: true);
        }
    }
}
