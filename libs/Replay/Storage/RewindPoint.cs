namespace DqnAspire.Replay.Storage;

/// <summary>The contents of a store after a rewind.</summary>
/// <param name="Records">Number of records: the later ones are dropped, and the next block begins here.</param>
/// <param name="FirstKept">
/// Number of the oldest record whose observation is still valid: the dropped records may have overwritten earlier ones.
/// <see cref="IRecordStore.RecoverAsync"/> begins here from now on.
/// </param>
/// <param name="Sampled">As <see cref="IReplayStore.Sampled"/>.</param>
/// <param name="MaxPriority">As <see cref="IPriorityStore.MaxPriority"/>.</param>
/// <param name="FirstStep">Number of the transition that the first of <paramref name="Priorities"/> belongs to.</param>
/// <param name="Priorities">
/// Saved priorities of consecutive transitions; no other transition has a saved priority. Empty in a table without
/// priorities.
/// </param>
/// <param name="DroppedMarks">Marks to drop: they refer to records that are dropped.</param>
public sealed record RewindPoint(
    long Records,
    long FirstKept,
    long Sampled,
    float MaxPriority,
    long FirstStep,
    ReadOnlyMemory<float> Priorities,
    IReadOnlyList<string> DroppedMarks);
