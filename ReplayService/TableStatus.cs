namespace DqnAspire.ReplayService;

/// <summary>A table's fill at one moment.</summary>
/// <param name="Size">Transitions that can be sampled.</param>
/// <param name="Records">Records received.</param>
/// <param name="Sampled">Transitions handed out in batches.</param>
/// <param name="Episodes">Episodes begun.</param>
/// <param name="ObservationBytes">Bytes of memory that observations take.</param>
public readonly record struct TableStatus(int Size, long Records, long Sampled, long Episodes, long ObservationBytes);
