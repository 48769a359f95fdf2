namespace DqnAspire.Replay.Sharing;

/// <summary>Counts of a table at one moment.</summary>
/// <param name="Size">Transitions that can be sampled.</param>
/// <param name="Records">Records received.</param>
/// <param name="Sampled">Transitions that were sampled.</param>
/// <param name="Episodes">Episodes begun.</param>
/// <param name="ObservationBytes">Bytes of memory that observations use.</param>
/// <param name="IsDurable">Whether records outlive the process.</param>
/// <param name="CacheHits">Observations that were read from memory already in use.</param>
/// <param name="CacheReads">All observations that were read.</param>
public readonly record struct TableStatus(
    int Size,
    long Records,
    long Sampled,
    long Episodes,
    long ObservationBytes,
    bool IsDurable,
    long CacheHits,
    long CacheReads);
