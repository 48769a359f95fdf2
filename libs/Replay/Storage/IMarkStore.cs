namespace DqnAspire.Replay.Storage;

/// <summary>Stores the marks of a table: named bytes, as durable as records.</summary>
public interface IMarkStore
{
    /// <summary>Names of the marks, in ordinal order.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">The marks cannot be listed.</exception>
    ValueTask<IReadOnlyList<string>> ListMarksAsync(CancellationToken cancellationToken);

    /// <summary>Saves a mark as a whole; it replaces a mark with the same name.</summary>
    /// <param name="name">A name that satisfies <see cref="TableMark.IsName"/>.</param>
    /// <param name="mark">Bytes that only the table understands.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">
    /// The mark cannot be saved; an earlier one with that name stays.
    /// </exception>
    ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken);

    /// <summary>Reads a mark.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when there is no mark with this name.</returns>
    /// <exception cref="ReplayStoreException">The mark cannot be read.</exception>
    ValueTask<byte[]?> LoadMarkAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a mark.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there is no mark with this name.</returns>
    /// <exception cref="ReplayStoreException">The mark cannot be removed.</exception>
    ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken);
}
