namespace DqnAspire.Replay.Sharing;

/// <summary>
/// Is notified of what happens to shared tables, for metrics. Calls come from several threads and return at once.
/// </summary>
public interface ITableObserver
{
    /// <summary>A table was opened.</summary>
    void Opened(SharedTable table);

    /// <summary>A table was closed.</summary>
    void Closed(SharedTable table);

    /// <summary>A block was appended.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="records">Records in the block.</param>
    /// <param name="bytes">Bytes of their observations.</param>
    void Appended(string table, int records, int bytes);

    /// <summary>Priorities were changed.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="entries">Entries of the update.</param>
    /// <param name="stale">Entries that were ignored because their transition is not in the table.</param>
    void PrioritiesUpdated(string table, int entries, int stale);

    /// <summary>A transition left its table.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="timesSampled">How often it was sampled.</param>
    void Left(string table, int timesSampled);
}
