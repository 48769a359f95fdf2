namespace DqnAspire.Replay.Storage;

/// <summary>What a store holds after it went back.</summary>
/// <param name="Records">Number of records: the later ones are gone, and the next block begins here.</param>
/// <param name="FirstKept">
/// Number of the oldest record whose observation can still be trusted. Later ones took the places of those before it, so
/// <see cref="IReplayStore.Recover"/> begins here from now on.
/// </param>
/// <param name="Sampled">As <see cref="IReplayStore.Sampled"/>.</param>
/// <param name="HighestPriority">As <see cref="IReplayStore.HighestPriority"/>.</param>
/// <param name="FirstStep">Number of the transition that the first of <paramref name="Priorities"/> belongs to.</param>
/// <param name="Priorities">Saved priorities of consecutive transitions; no other transition has a saved one. Empty in a table that keeps none.</param>
/// <param name="DroppedMarks">Marks to forget: they name records that are gone.</param>
public sealed record RewindPoint(
    long Records,
    long FirstKept,
    long Sampled,
    float HighestPriority,
    long FirstStep,
    ReadOnlyMemory<float> Priorities,
    IReadOnlyList<string> DroppedMarks);
