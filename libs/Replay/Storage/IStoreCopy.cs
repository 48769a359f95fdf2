namespace DqnAspire.Replay.Storage;

/// <summary>A copy of a table that is being made in a folder while the table is in use. When it is whole, it is an embedded table itself.</summary>
public interface IStoreCopy
{
    /// <summary>Records that the copy holds: all before this one.</summary>
    long End { get; }

    /// <summary>Bytes written so far.</summary>
    long Bytes { get; }

    /// <summary>Copies; when this returns, the folder is a table.</summary>
    /// <exception cref="ReplayStoreException">It could not be read or written, or the table was closed; the folder is not a table then.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    void Run(CancellationToken cancellationToken);
}
