namespace DqnAspire.Replay;

/// <summary>What a priority update did.</summary>
/// <param name="Stale">Entries ignored because their transition has left the table, or never was in it.</param>
/// <param name="Steps">Numbers of the transitions that changed; holds until the next update.</param>
/// <param name="Priorities">Their priorities now.</param>
public readonly record struct PriorityChange(int Stale, ReadOnlyMemory<long> Steps, ReadOnlyMemory<float> Priorities);
