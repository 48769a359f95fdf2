namespace DqnAspire.Replay;

/// <summary>Everything about a transition but its observations.</summary>
/// <param name="Record">Number of its record.</param>
/// <param name="Stored">Lane, episode, step, action, reward and flags.</param>
/// <param name="Priority">Its priority; 0 in a table that keeps none.</param>
/// <param name="TimesSampled">How often it was sampled since it arrived, or since the table was opened.</param>
public readonly record struct TransitionInfo(long Record, StoredRecord Stored, float Priority, int TimesSampled);
