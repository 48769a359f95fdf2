namespace DqnAspire.Replay.Redis;

/// <summary>The counters that Redis keeps of a table.</summary>
/// <param name="Generation">The writer's: a process that opens the table draws a new one.</param>
/// <param name="Records">Records received.</param>
/// <param name="First">The oldest record to recover; a rewind made the earlier ones invalid.</param>
/// <param name="Sampled">Transitions that were sampled.</param>
/// <param name="MaxPriority">The highest priority that any transition ever had.</param>
internal readonly record struct RedisTableState(
    string Generation, long Records, long First, long Sampled, float MaxPriority)
{
    /// <summary>The state of a table that this writer has just made.</summary>
    public static RedisTableState Empty() => new(NewGeneration(), 0, 0, 0, 0);

    /// <summary>Draws a generation that no writer had before.</summary>
    public static string NewGeneration() => Guid.NewGuid().ToString("N");
}
