namespace DqnAspire.Replay.Redis;

/// <summary>How tables in Redis are used.</summary>
public sealed record RedisStoreOptions
{
    /// <summary>
    /// Most bytes of observations, as they were before compression, that a table keeps in this process; 0: none.
    /// </summary>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>How long commands wait for a Redis that is away before they fail.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
