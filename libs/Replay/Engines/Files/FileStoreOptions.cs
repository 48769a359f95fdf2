namespace DqnAspire.Replay.Engines.Files;

/// <summary>How tables in files are stored.</summary>
public sealed record FileStoreOptions
{
    /// <summary>
    /// Maximum of a table's observations that are read through a mapping and so count as resident memory, in bytes; the
    /// observations beyond are read more slowly.
    /// </summary>
    public long ResidentBytes { get; init; } = 1L << 30;

    /// <summary>Whether an append waits for the disk, so that its block outlives a loss of power.</summary>
    public bool FlushToDisk { get; init; }
}
