using System.Text.RegularExpressions;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Sharing;

/// <summary>The open tables by name. A table that the engine holds is opened by the first call that names it.</summary>
/// <param name="engine">Where the tables are.</param>
/// <param name="options">Limits, and the place of snapshots.</param>
/// <param name="observer">Is notified of changes.</param>
public sealed partial class TableRegistry(IReplayEngine engine, TableRegistryOptions options, ITableObserver observer)
    : IAsyncDisposable
{
    private const string SnapshotSuffix = ".snapshots";

    // Guards _tables.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedTable> _tables = [];

    // Held while tables are made, opened, closed or deleted, so that calls of the engine do not overlap. Taken before
    // _lock.
    private readonly SemaphoreSlim _turn = new(1, 1);

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

    /// <summary>Makes a table.</summary>
    /// <param name="name">A name that satisfies <see cref="IsName"/>.</param>
    /// <param name="manifest">Size, shape and limits of the table.</param>
    /// <exception cref="TableExistsException">The name is in use.</exception>
    /// <exception cref="TableTooLargeException">It could use more memory than is allowed.</exception>
    /// <exception cref="ReplayStoreException">It cannot be made.</exception>
    public Task CreateAsync(string name, TableManifest manifest) => InTurnAsync(async () =>
    {
        await ThrowIfExistsAsync(name).ConfigureAwait(false);
        ThrowIfTooLarge(name, manifest.Spec);
        var store = await engine.CreateAsync(name, manifest, CancellationToken.None).ConfigureAwait(false);
        return await OpenAsync(name, store).ConfigureAwait(false);
    });

    /// <summary>Finds a table, and opens it when it is not open.</summary>
    /// <param name="name">Name of the table.</param>
    /// <returns>Null when there is no such table.</returns>
    /// <exception cref="ReplayStoreException">The table exists and cannot be read.</exception>
    public async ValueTask<SharedTable?> FindAsync(string name) => FindOpen(name) is { } table
        ? table
        : IsName(name) ? await InTurnAsync(() => FindOrOpenAsync(name)).ConfigureAwait(false) : null;

    /// <summary>Removes a table with all its data, and ends its streams.</summary>
    /// <param name="name">Name of the table.</param>
    /// <returns>False when there is no such table.</returns>
    /// <exception cref="ReplayStoreException">It cannot be deleted.</exception>
    public Task<bool> DeleteAsync(string name) => InTurnAsync(async () =>
    {
        var wasOpen = await CloseInTurnAsync(name).ConfigureAwait(false);
        var wasStored = IsName(name) && await engine.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
        return wasStored || wasOpen;
    });

    /// <summary>Ends the streams of a table and releases its memory.</summary>
    /// <param name="name">Name of the table.</param>
    /// <returns>False when it is not open.</returns>
    public Task<bool> CloseAsync(string name) => InTurnAsync(() => CloseInTurnAsync(name));

    /// <summary>Copies a table as it is now into a snapshot, while it is in use.</summary>
    /// <param name="table">The table.</param>
    /// <param name="snapshot">A name that satisfies <see cref="IsSnapshotName"/>.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <returns>The complete copy, and the transitions in it.</returns>
    /// <exception cref="NoSnapshotsException">
    /// There is no folder for snapshots, or the engine makes no copies.
    /// </exception>
    /// <exception cref="TableExistsException">There is a snapshot with this name.</exception>
    /// <exception cref="ReplayStoreException">The copy cannot be made.</exception>
    public Task<(IStoreCopy Copy, int Size)> SnapshotAsync(
        SharedTable table, string snapshot, CancellationToken cancellationToken)
    {
        var directory = SnapshotDirectory(table.Name, snapshot) ?? throw new NoSnapshotsException(table.Name);
        return ManifestFile.IsTable(directory)
            ? throw new TableExistsException($"{table.Name}{SnapshotSuffix}/{snapshot}")
            : table.CopyAsync(directory, cancellationToken);
    }

    /// <summary>Makes a table from a snapshot.</summary>
    /// <param name="name">The table of which it is a snapshot.</param>
    /// <param name="snapshot">Name of the snapshot.</param>
    /// <param name="newName">Name of the new table.</param>
    /// <param name="cancellationToken">Cancels the import; there is no new table then.</param>
    /// <returns>The table; null when there is no such snapshot.</returns>
    /// <exception cref="TableExistsException">The name is in use.</exception>
    /// <exception cref="ReplayStoreException">The snapshot cannot be read, or the table not be written.</exception>
    public async Task<SharedTable?> RestoreAsync(
        string name, string snapshot, string newName, CancellationToken cancellationToken)
    {
        if (SnapshotDirectory(name, snapshot) is not { } source || !ManifestFile.IsTable(source))
        {
            return null;
        }

        return await InTurnAsync(async () =>
        {
            await ThrowIfExistsAsync(newName).ConfigureAwait(false);
            using (var store = FileReplayStore.Open(source, options.SnapshotOptions))
            {
                await engine.ImportAsync(newName, store, cancellationToken).ConfigureAwait(false);
            }

            return await FindOrOpenAsync(newName).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Whether a table can have a name.</summary>
    /// <param name="name">
    /// 1 to 200 letters, digits, '-', '_', '.' and '/'; no part between '/' is empty, "." or "..", or ends with
    /// ".snapshots".
    /// </param>
    public static bool IsName(string name) => NamePattern().IsMatch(name) && name.Split('/').All(
        part => part is not ("" or "." or "..") && !part.EndsWith(SnapshotSuffix, StringComparison.Ordinal));

    /// <summary>Whether a snapshot can have a name: as a table, without '/'.</summary>
    /// <param name="name">The name.</param>
    public static bool IsSnapshotName(string name) => IsName(name) && !name.Contains('/', StringComparison.Ordinal);

    /// <summary>Closes all tables.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var table in All)
        {
            await CloseAsync(table.Name).ConfigureAwait(false);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_./-]{1,200}$")]
    private static partial Regex NamePattern();

    private string? SnapshotDirectory(string name, string snapshot) => options.SnapshotDirectory is { } root
        ? Path.Combine(Path.GetFullPath(Path.Combine(root, name)) + SnapshotSuffix, snapshot)
        : null;

    private SharedTable? FindOpen(string name)
    {
        lock (_lock)
        {
            return _tables.GetValueOrDefault(name);
        }
    }

    private async Task<SharedTable?> FindOrOpenAsync(string name)
    {
        // Another call may have opened it meanwhile.
        if (FindOpen(name) is { } table)
        {
            return table;
        }

        if (!await engine.ContainsAsync(name, CancellationToken.None).ConfigureAwait(false))
        {
            return null;
        }

        var store = await engine.OpenAsync(name, CancellationToken.None).ConfigureAwait(false);
        return await OpenAsync(name, store).ConfigureAwait(false);
    }

    private async Task<SharedTable> OpenAsync(string name, IReplayStore store)
    {
        var table = await SharedTable.OpenAsync(name, store, manifest => RecreateAsync(name, manifest), observer)
            .ConfigureAwait(false);
        lock (_lock)
        {
            _tables.Add(name, table);
        }

        return table;
    }

    private async Task<bool> CloseInTurnAsync(string name)
    {
        SharedTable? table;
        lock (_lock)
        {
            _tables.Remove(name, out table);
        }

        if (table is null)
        {
            return false;
        }

        await table.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    private async ValueTask<IReplayStore> RecreateAsync(string name, TableManifest manifest)
    {
        try
        {
            await engine.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            return await engine.CreateAsync(name, manifest, CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            // The table is closed now; the next call that names it opens what the engine still has.
            lock (_lock)
            {
                _tables.Remove(name);
            }

            throw;
        }
    }

    private async Task ThrowIfExistsAsync(string name)
    {
        if (FindOpen(name) is not null
            || await engine.ContainsAsync(name, CancellationToken.None).ConfigureAwait(false))
        {
            throw new TableExistsException(name);
        }
    }

    private void ThrowIfTooLarge(string name, TableSpec spec)
    {
        var wanted = engine.MaxMemoryBytes(spec);
        var promised = All.Sum(t => engine.MaxMemoryBytes(t.Spec));
        if (wanted > options.MaxMemoryBytes - promised)
        {
            throw new TableTooLargeException(name, wanted, promised, options.MaxMemoryBytes);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> act)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return await act().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
