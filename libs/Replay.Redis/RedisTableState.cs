namespace DqnAspire.Replay.Redis;

/// <summary>Where a table stands.</summary>
/// <param name="Epoch">The writer's; drawn anew by whoever opens the table.</param>
/// <param name="Records">Records received.</param>
/// <param name="First">The oldest record to recover; whatever lies before it belongs to a time that the table went back from.</param>
/// <param name="Sampled">Transitions handed out.</param>
/// <param name="HighestPriority">The highest priority that any transition ever had.</param>
internal readonly record struct RedisTableState(string Epoch, long Records, long First, long Sampled, float HighestPriority)
{
    /// <summary>A table that this writer has just made.</summary>
    public static RedisTableState New(long records) => new(NewEpoch(), records, records, 0, 0);

    /// <summary>An epoch that nobody ever had.</summary>
    public static string NewEpoch() => Guid.NewGuid().ToString("N");
}
