using System.Text.RegularExpressions;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using DqnAspire.ReplayService.Homes;
using Microsoft.Extensions.Options;

namespace DqnAspire.ReplayService;

/// <summary>The tables by name. Those that outlive the process are opened by the first call that names them.</summary>
public sealed partial class TableRegistry(ITableHome home, IOptions<ReplayOptions> options, ReplayMetrics metrics) : IDisposable
{
    private const string SnapshotSuffix = ".snapshots";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedTable> _tables = [];

    /// <summary>The open tables, by name.</summary>
    public IReadOnlyList<SharedTable> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _tables.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];
            }
        }
    }

    private bool HasSnapshots => options.Value.DataDirectory.Length > 0;

    /// <summary>Makes a table.</summary>
    /// <exception cref="TableExistsException">The name is taken.</exception>
    /// <exception cref="TableTooLargeException">It could come to take more memory than is allowed.</exception>
    /// <exception cref="ReplayStoreException">It cannot be made.</exception>
    public void Create(string name, TableManifest manifest)
    {
        lock (_lock)
        {
            ThrowIfTaken(name);
            ThrowIfTooLarge(name, manifest);
            _tables.Add(name, new SharedTable(name, manifest, home.Create(name, manifest), m => Renew(name, m), metrics));
        }
    }

    /// <summary>The table with a name; null when there is none.</summary>
    /// <exception cref="ReplayStoreException">It is there and cannot be read.</exception>
    public SharedTable? Find(string name)
    {
        lock (_lock)
        {
            if (_tables.TryGetValue(name, out var table) || !IsName(name) || !home.Contains(name))
            {
                return table;
            }

            var (store, manifest) = home.Open(name);
            table = new SharedTable(name, manifest, store, m => Renew(name, m), metrics);
            _tables.Add(name, table);
            return table;
        }
    }

    /// <summary>Removes a table with all that is kept of it, and ends its streams.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ReplayStoreException">It cannot be deleted.</exception>
    public bool Delete(string name)
    {
        lock (_lock)
        {
            var wasOpen = Close(name);
            return (IsName(name) && home.Delete(name)) || wasOpen;
        }
    }

    /// <summary>Ends the streams of a table and forgets what of it is in memory.</summary>
    /// <returns>False when it is not open.</returns>
    public bool Close(string name)
    {
        lock (_lock)
        {
            if (!_tables.Remove(name, out var table))
            {
                return false;
            }

            table.Dispose();
            return true;
        }
    }

    /// <summary>Copies a table into a folder as it is now, while it stays in use.</summary>
    /// <returns>The finished copy, and the transitions in it.</returns>
    /// <exception cref="NoDataDirectoryException">There is no folder for it.</exception>
    /// <exception cref="TableExistsException">There is a snapshot of this name.</exception>
    /// <exception cref="ReplayStoreException">The copy cannot be made.</exception>
    public Task<(IStoreCopy Copy, int Size)> SnapshotAsync(SharedTable table, string snapshot, CancellationToken cancellationToken)
    {
        if (!HasSnapshots)
        {
            throw new NoDataDirectoryException(table.Name);
        }

        var directory = SnapshotDirectory(table.Name, snapshot);
        return TableManifest.IsTable(directory)
            ? throw new TableExistsException($"{table.Name}{SnapshotSuffix}/{snapshot}")
            : table.CopyAsync(directory, cancellationToken);
    }

    /// <summary>Makes a table from a snapshot.</summary>
    /// <returns>The table; null when there is no such snapshot.</returns>
    /// <exception cref="TableExistsException">The name is taken.</exception>
    /// <exception cref="ReplayStoreException">The snapshot cannot be read, or the table not be written.</exception>
    public SharedTable? Restore(string name, string snapshot, string newName, CancellationToken cancellationToken)
    {
        var source = SnapshotDirectory(name, snapshot);
        if (!HasSnapshots || !TableManifest.IsTable(source))
        {
            return null;
        }

        lock (_lock)
        {
            ThrowIfTaken(newName);
            using (var store = EmbeddedReplayStore.Open(source, TableHomes.FolderOptions(options.Value)))
            {
                home.Import(newName, store, cancellationToken);
            }

            return Find(newName);
        }
    }

    /// <summary>Whether a name can be a table's.</summary>
    public static bool IsName(string name) =>
        NamePattern().IsMatch(name) && name.Split('/').All(p => p is not ("" or "." or "..") && !p.EndsWith(SnapshotSuffix, StringComparison.Ordinal));

    /// <summary>Whether a name can be a snapshot's.</summary>
    public static bool IsSnapshotName(string name) => IsName(name) && !name.Contains('/', StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var table in All)
        {
            Close(table.Name);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_./-]{1,200}$")]
    private static partial Regex NamePattern();

    private string SnapshotDirectory(string name, string snapshot) =>
        Path.Combine(Path.GetFullPath(Path.Combine(options.Value.DataDirectory, name)) + SnapshotSuffix, snapshot);

    private IReplayStore Renew(string name, TableManifest manifest)
    {
        home.Delete(name);
        return home.Create(name, manifest);
    }

    private void ThrowIfTaken(string name)
    {
        if (_tables.ContainsKey(name) || home.Contains(name))
        {
            throw new TableExistsException(name);
        }
    }

    private void ThrowIfTooLarge(string name, TableManifest manifest)
    {
        var wanted = home.MostBytes(manifest.Spec);
        var promised = _tables.Values.Sum(t => home.MostBytes(t.Spec));
        if (wanted > options.Value.MaxMemoryBytes - promised)
        {
            throw new TableTooLargeException(name, wanted, promised, options.Value.MaxMemoryBytes);
        }
    }
}
