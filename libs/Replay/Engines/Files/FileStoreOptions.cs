namespace DqnAspire.Replay.Engines.Files;

/// <summary>How tables in files are stored.</summary>
public sealed record FileStoreOptions
{
    /// <summary>
    /// Maximum of a table's observations that this process keeps in memory, in bytes; the observations beyond are read
    /// from the file, which costs twice as much.
    /// </summary>
    public long ResidentBytes { get; init; } = 1L << 30;

    /// <summary>Whether an append waits for the disk, so that its block outlives a loss of power.</summary>
    public bool FlushToDisk { get; init; }
}
