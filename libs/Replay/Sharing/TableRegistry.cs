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
    private readonly Dictionary<string, OpenTable> _tables = new(StringComparer.Ordinal);

    // Held while a table is made, opened, closed or deleted, so that the engine's calls for one name do not overlap.
    // Taken before _lock.
    private readonly NameTurns _turns = new();

    /// <summary>The memory that tables and samplers may take together.</summary>
    public MemoryBudget Memory { get; } = new(options.MaxMemoryBytes);

    /// <summary>The open tables, by name.</summary>
    public IReadOnlyList<SharedTable> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _tables.Values.Select(t => t.Table).OrderBy(t => t.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Makes a table; when it fails, nothing of it stays.</summary>
    /// <param name="name">A name that satisfies <see cref="IsName"/>.</param>
    /// <param name="manifest">Size, shape and limits of the table.</param>
    /// <param name="cancellationToken">Cancels before anything is made.</param>
    /// <exception cref="TableExistsException">The name is in use.</exception>
    /// <exception cref="MemoryLimitException">It could use more memory than is left.</exception>
    /// <exception cref="ReplayStoreException">It cannot be made.</exception>
    public Task<SharedTable> CreateAsync(
        string name, TableManifest manifest, CancellationToken cancellationToken = default) =>
        InTurnAsync(name, async () =>
        {
            await ThrowIfExistsAsync(name, cancellationToken).ConfigureAwait(false);
            var memory = Reserve(name, manifest.Spec);
            try
            {
                var store = await engine.CreateAsync(name, manifest, CancellationToken.None).ConfigureAwait(false);
                return await OpenOrDiscardAsync(name, store, memory).ConfigureAwait(false);
            }
            catch
            {
                memory.Dispose();
                throw;
            }
        }, cancellationToken);

    /// <summary>Finds a table, and opens it when it is not open.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="cancellationToken">Cancels the wait, and the opening.</param>
    /// <returns>Null when there is no such table.</returns>
    /// <exception cref="MemoryLimitException">It is not open, and could use more memory than is left.</exception>
    /// <exception cref="ReplayStoreException">The table exists and cannot be read.</exception>
    public async ValueTask<SharedTable?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        if (FindOpen(name) is { } table)
        {
            return table;
        }

        return IsName(name)
            ? await InTurnAsync(name, () => FindOrOpenAsync(name, cancellationToken), cancellationToken)
                .ConfigureAwait(false)
            : null;
    }

    /// <summary>Removes a table with all its data, and ends its streams.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there is no such table.</returns>
    /// <exception cref="ReplayStoreException">It cannot be deleted.</exception>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default) => IsName(name)
        && await InTurnAsync(name, async () =>
        {
            var wasOpen = await CloseInTurnAsync(name, isDeleted: true).ConfigureAwait(false);
            return await engine.DeleteAsync(name, cancellationToken).ConfigureAwait(false) || wasOpen;
        }, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends the streams of a table and releases its memory.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="generation">
    /// The only generation of the table that is closed, <see cref="SharedTable.Generation"/>; 0: any.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for other calls that name it.</param>
    /// <returns>False when it is not open.</returns>
    /// <exception cref="TableRewoundException">The table is open in another generation; it stays open.</exception>
    public Task<bool> CloseAsync(string name, long generation = 0, CancellationToken cancellationToken = default) =>
        InTurnAsync(
            name,
            () => generation != 0 && FindOpen(name) is { } table && table.Generation != generation
                ? throw new TableRewoundException(name)
                : CloseInTurnAsync(name, isDeleted: false),
            cancellationToken);

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

        // A snapshot is open for one reader at a time.
        using var reading = await _turns.TakeAsync(source, cancellationToken).ConfigureAwait(false);
        return await InTurnAsync(newName, async () =>
        {
            await ThrowIfExistsAsync(newName, cancellationToken).ConfigureAwait(false);
            using var store = FileReplayStore.Open(source, options.SnapshotOptions);
            var memory = Reserve(newName, store.Manifest.Spec);
            try
            {
                await engine.ImportAsync(newName, store, cancellationToken).ConfigureAwait(false);
                var imported = await engine.OpenAsync(newName, CancellationToken.None).ConfigureAwait(false);
                return await OpenOrDiscardAsync(newName, imported, memory).ConfigureAwait(false);
            }
            catch
            {
                memory.Dispose();
                throw;
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a table can have a name.</summary>
    /// <param name="name">
    /// 1 to 200 letters, digits, '-', '_', '.' and '/'; no part between '/' is empty, "." or "..", or ends with
    /// ".snapshots", or is a name that a table has in its folder.
    /// </param>
    public static bool IsName(string name) => NamePattern().IsMatch(name) && name.Split('/').All(
        part => part is not ("" or "." or "..")
            && !part.EndsWith(SnapshotSuffix, StringComparison.OrdinalIgnoreCase)
            && !TableFolder.IsReserved(part));

    /// <summary>Whether a snapshot can have a name: as a table, without '/'.</summary>
    /// <param name="name">The name.</param>
    public static bool IsSnapshotName(string name) => IsName(name) && !name.Contains('/', StringComparison.Ordinal);

    /// <summary>Closes all tables.</summary>
    public async ValueTask DisposeAsync()
    {
        // Together: each may have to wait for a store.
        await Task.WhenAll(All.Select(table => CloseAsync(table.Name))).ConfigureAwait(false);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_./-]{1,200}\z")]
    private static partial Regex NamePattern();

    private string? SnapshotDirectory(string name, string snapshot) => options.SnapshotDirectory is { } root
        ? Path.Combine(Path.GetFullPath(Path.Combine(root, name)) + SnapshotSuffix, snapshot)
        : null;

    private SharedTable? FindOpen(string name)
    {
        lock (_lock)
        {
            return _tables.TryGetValue(name, out var open) ? open.Table : null;
        }
    }

    private async Task<SharedTable?> FindOrOpenAsync(string name, CancellationToken cancellationToken)
    {
        // Another call may have opened it meanwhile.
        if (FindOpen(name) is { } table)
        {
            return table;
        }

        if (!await engine.ContainsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var store = await engine.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        IDisposable? memory = null;
        try
        {
            memory = Reserve(name, store.Manifest.Spec);
            return await OpenAsync(name, store, memory).ConfigureAwait(false);
        }
        catch
        {
            store.Dispose();
            memory?.Dispose();
            throw;
        }
    }

    private async Task<SharedTable> OpenAsync(string name, IReplayStore store, IDisposable memory)
    {
        var table = await SharedTable
            .OpenAsync(name, store, manifest => RecreateAsync(name, manifest), observer, Ended).ConfigureAwait(false);
        lock (_lock)
        {
            _tables.Add(name, new OpenTable(table, memory));
        }

        return table;
    }

    /// <summary>Opens a table that was just made; when that fails, there is no such table.</summary>
    private async Task<SharedTable> OpenOrDiscardAsync(string name, IReplayStore store, IDisposable memory)
    {
        try
        {
            return await OpenAsync(name, store, memory).ConfigureAwait(false);
        }
        catch
        {
            try
            {
                await engine.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ReplayStoreException)
            {
                // The caller is told why the table could not be opened.
            }

            throw;
        }
    }

    private async Task<bool> CloseInTurnAsync(string name, bool isDeleted)
    {
        if (FindOpen(name) is not { } table)
        {
            return false;
        }

        await table.CloseAsync(isDeleted).ConfigureAwait(false);
        return true;
    }

    /// <summary>Forgets a table that was closed.</summary>
    private void Ended(SharedTable table)
    {
        lock (_lock)
        {
            if (_tables.TryGetValue(table.Name, out var open) && open.Table == table)
            {
                _tables.Remove(table.Name);
                open.Memory.Dispose();
            }
        }
    }

    private async ValueTask<IReplayStore> RecreateAsync(string name, TableManifest manifest)
    {
        await engine.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
        return await engine.CreateAsync(name, manifest, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task ThrowIfExistsAsync(string name, CancellationToken cancellationToken)
    {
        if (FindOpen(name) is not null
            || await engine.ContainsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            throw new TableExistsException(name);
        }
    }

    private IDisposable Reserve(string name, TableSpec spec) =>
        Memory.Reserve($"Table '{name}'", engine.MaxMemoryBytes(spec));

    private async Task<T> InTurnAsync<T>(string name, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(name, cancellationToken).ConfigureAwait(false);
        return await act().ConfigureAwait(false);
    }

    private readonly record struct OpenTable(SharedTable Table, IDisposable Memory);
}
