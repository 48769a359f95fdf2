using System.Text.RegularExpressions;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using Microsoft.Extensions.Options;

namespace DqnAspire.ReplayService;

/// <summary>The tables by name. Those on disk are opened by the first call that names them.</summary>
public sealed partial class TableRegistry(IOptions<ReplayOptions> options, ReplayMetrics metrics) : IDisposable
{
    private const string SnapshotSuffix = ".snapshots";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedTable> _tables = [];
    private readonly EmbeddedStoreOptions _storeOptions = new()
    {
        ResidentBytes = options.Value.ResidentBytes,
        FlushToDisk = options.Value.FlushToDisk,
    };

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

    private bool IsOnDisk => options.Value.DataDirectory.Length > 0;

    /// <summary>Makes a table.</summary>
    /// <exception cref="TableExistsException">The name is taken.</exception>
    /// <exception cref="TableTooLargeException">It could come to take more memory than is allowed.</exception>
    /// <exception cref="ReplayStoreException">Its files cannot be made.</exception>
    public void Create(string name, TableManifest manifest)
    {
        lock (_lock)
        {
            ThrowIfTaken(name);
            ThrowIfTooLarge(name, manifest);
            Func<IReplayStore> make = () => new MemoryReplayStore(manifest.Spec);
            Func<IReplayStore> renew = make;
            if (IsOnDisk)
            {
                make = () => EmbeddedReplayStore.Create(DirectoryOf(name), manifest, _storeOptions);
                renew = () => Renew(name);
            }

            _tables.Add(name, new SharedTable(name, manifest, make(), renew, metrics));
        }
    }

    /// <summary>The table with a name; null when there is none.</summary>
    /// <exception cref="ReplayStoreException">It is on disk and cannot be read.</exception>
    public SharedTable? Find(string name)
    {
        lock (_lock)
        {
            if (_tables.TryGetValue(name, out var table) || !IsOnDisk || !IsName(name) || !TableManifest.IsTable(DirectoryOf(name)))
            {
                return table;
            }

            var store = EmbeddedReplayStore.Open(DirectoryOf(name), _storeOptions);
            table = new SharedTable(name, store.Manifest, store, () => Renew(name), metrics);
            _tables.Add(name, table);
            return table;
        }
    }

    /// <summary>Removes a table with what it has on disk, and ends its streams.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ReplayStoreException">Its files cannot be deleted.</exception>
    public bool Delete(string name)
    {
        lock (_lock)
        {
            var wasOpen = Close(name);
            if (!IsOnDisk || !IsName(name) || !TableManifest.IsTable(DirectoryOf(name)))
            {
                return wasOpen;
            }

            EmbeddedReplayStore.Delete(DirectoryOf(name));
            return true;
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

    /// <summary>Copies a table on disk as it is now, while it stays in use.</summary>
    /// <returns>The finished copy, and the transitions in it.</returns>
    /// <exception cref="TableInMemoryException">The table is in memory.</exception>
    /// <exception cref="TableExistsException">There is a snapshot of this name.</exception>
    /// <exception cref="ReplayStoreException">The copy cannot be made.</exception>
    public Task<(StoreCopy Copy, int Size)> SnapshotAsync(SharedTable table, string snapshot, CancellationToken cancellationToken)
    {
        var directory = SnapshotDirectory(table.Name, snapshot);
        return IsOnDisk && TableManifest.IsTable(directory)
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
        if (!IsOnDisk || !TableManifest.IsTable(source))
        {
            return null;
        }

        lock (_lock)
        {
            ThrowIfTaken(newName);
            // A snapshot is a table's folder: opened, it is checked, and copied as any table is.
            using (var store = EmbeddedReplayStore.Open(source, _storeOptions))
            {
                store.Recover((_, _) => { });
                store.BeginCopy(DirectoryOf(newName)).Run(cancellationToken);
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

    private string DirectoryOf(string name) => Path.GetFullPath(Path.Combine(options.Value.DataDirectory, name));

    private string SnapshotDirectory(string name, string snapshot) => Path.Combine(DirectoryOf(name) + SnapshotSuffix, snapshot);

    private EmbeddedReplayStore Renew(string name)
    {
        var manifest = TableManifest.Load(DirectoryOf(name));
        EmbeddedReplayStore.Delete(DirectoryOf(name));
        return EmbeddedReplayStore.Create(DirectoryOf(name), manifest, _storeOptions);
    }

    private void ThrowIfTaken(string name)
    {
        if (_tables.ContainsKey(name) || (IsOnDisk && TableManifest.IsTable(DirectoryOf(name))))
        {
            throw new TableExistsException(name);
        }
    }

    private void ThrowIfTooLarge(string name, TableManifest manifest)
    {
        var wanted = MostBytes(manifest);
        var promised = _tables.Values.Sum(t => MostBytes(t.Manifest));
        if (wanted > options.Value.MaxMemoryBytes - promised)
        {
            throw new TableTooLargeException(name, wanted, promised, options.Value.MaxMemoryBytes);
        }
    }

    private long MostBytes(TableManifest manifest) =>
        manifest.Spec.IndexBytes + (IsOnDisk ? 0 : (long)manifest.Spec.Slots * manifest.Spec.ObservationBytes);
}
