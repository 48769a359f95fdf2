namespace DqnAspire.Replay.Storage;

/// <summary>
/// A copy of a table that is made in a folder while the table is in use. A complete copy is a table of the file engine.
/// </summary>
public interface IStoreCopy
{
    /// <summary>The copy holds all records before this one.</summary>
    long End { get; }

    /// <summary>Bytes written so far.</summary>
    long Bytes { get; }

    /// <summary>Copies; when the task completes, the folder is a table.</summary>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <exception cref="ReplayStoreException">
    /// Reading or writing failed, or the table was closed; the folder is not a table then.
    /// </exception>
    /// <exception cref="OperationCanceledException">The copy was cancelled.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
