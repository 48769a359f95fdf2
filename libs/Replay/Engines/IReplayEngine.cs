using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines;

/// <summary>
/// A place that holds tables by name: this process's memory, a folder, a server. Calls for one name do not overlap.
/// </summary>
public interface IReplayEngine
{
    /// <summary>The maximum of memory that a table can use in this process, in bytes.</summary>
    /// <param name="spec">The table.</param>
    long MaxMemoryBytes(TableSpec spec);

    /// <summary>Whether there is a table that can be opened.</summary>
    /// <param name="name">
    /// Name of the table: path segments of letters, digits, '-', '_' and '.', separated by '/'.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">The engine cannot tell.</exception>
    ValueTask<bool> ContainsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Makes an empty table and opens it.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="manifest">Size, shape and limits of the table.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">It cannot be made.</exception>
    ValueTask<IReplayStore> CreateAsync(string name, TableManifest manifest, CancellationToken cancellationToken);

    /// <summary>Opens a table.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">There is no such table, or it cannot be read.</exception>
    ValueTask<IReplayStore> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a table that is not open in this process.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there is no such table.</returns>
    /// <exception cref="ReplayStoreException">It cannot be deleted.</exception>
    ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a table from another store, of whichever engine. Marks are not copied. When it fails, there is no such
    /// table.
    /// </summary>
    /// <param name="name">Name of the new table.</param>
    /// <param name="source">An open store that nobody has read yet, and nobody changes meanwhile.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="ReplayStoreException">The source cannot be read, or the table not be made.</exception>
    async ValueTask ImportAsync(string name, IReplayStore source, CancellationToken cancellationToken)
    {
        using var target = await CreateAsync(name, source.Manifest, cancellationToken).ConfigureAwait(false);
        try
        {
            await StoreTransfer.CopyAsync(source, target, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            target.Dispose();
            await DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
