namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>How an embedded store is kept.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>Most bytes of observations that reading keeps in the process's resident memory; what a table has beyond is read slower.</summary>
    public long ResidentBytes { get; init; } = 1L << 30;

    /// <summary>Wait for the disk before a block counts, so that it outlives a loss of power and not only the process.</summary>
    public bool FlushToDisk { get; init; }
}
