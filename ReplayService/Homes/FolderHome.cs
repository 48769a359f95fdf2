using DqnAspire.Replay;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.ReplayService.Homes;

/// <summary>A folder: each table in a folder of its name.</summary>
/// <param name="directory">The folder.</param>
/// <param name="options">How tables are kept.</param>
public sealed class FolderHome(string directory, EmbeddedStoreOptions options) : ITableHome
{
    /// <inheritdoc/>
    public long MostBytes(TableSpec spec) => spec.IndexBytes;

    /// <inheritdoc/>
    public bool Contains(string name) => TableManifest.IsTable(DirectoryOf(name));

    /// <inheritdoc/>
    public IReplayStore Create(string name, TableManifest manifest) => EmbeddedReplayStore.Create(DirectoryOf(name), manifest, options);

    /// <inheritdoc/>
    public (IReplayStore Store, TableManifest Manifest) Open(string name)
    {
        var store = EmbeddedReplayStore.Open(DirectoryOf(name), options);
        return (store, store.Manifest);
    }

    /// <inheritdoc/>
    public bool Delete(string name)
    {
        if (!Contains(name))
        {
            return false;
        }

        EmbeddedReplayStore.Delete(DirectoryOf(name));
        return true;
    }

    /// <inheritdoc/>
    public void Import(string name, EmbeddedReplayStore snapshot, CancellationToken cancellationToken)
    {
        // A snapshot is a table's folder: read, it is checked, and copied as any table is.
        snapshot.Recover((_, _) => { });
        snapshot.BeginCopy(DirectoryOf(name)).Run(cancellationToken);
    }

    private string DirectoryOf(string name) => Path.GetFullPath(Path.Combine(directory, name));
}
