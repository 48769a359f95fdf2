namespace DqnAspire.ReplayService;

/// <summary>A table's fill at one moment.</summary>
/// <param name="Size">Transitions that can be sampled.</param>
/// <param name="Records">Records received.</param>
/// <param name="Sampled">Transitions handed out in batches.</param>
/// <param name="Episodes">Episodes begun.</param>
/// <param name="ObservationBytes">Bytes of memory that observations take.</param>
/// <param name="IsDurable">Whether records outlive the process.</param>
/// <param name="CacheHits">Observations read from memory that was in use already.</param>
/// <param name="CacheReads">Observations read.</param>
public readonly record struct TableStatus(
    int Size, long Records, long Sampled, long Episodes, long ObservationBytes, bool IsDurable, long CacheHits, long CacheReads);
