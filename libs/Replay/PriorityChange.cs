namespace DqnAspire.Replay;

/// <summary>The result of a priority update.</summary>
/// <param name="Stale">Entries that were ignored because their transition is not in the table.</param>
/// <param name="Steps">Numbers of the transitions that changed; valid until the next update.</param>
/// <param name="Priorities">Their priorities now.</param>
public readonly record struct PriorityChange(int Stale, ReadOnlyMemory<long> Steps, ReadOnlyMemory<float> Priorities);
