namespace DqnAspire.Replay.Storage;

/// <summary>Stores the priorities of transitions that changed after their records were stored.</summary>
public interface IPriorityStore
{
    /// <summary>The highest priority that any transition ever had; 0 when there was none.</summary>
    float MaxPriority { get; set; }

    /// <summary>The priority that was saved for a transition.</summary>
    /// <param name="step">The transition's number.</param>
    /// <returns>Null when none was saved.</returns>
    float? SavedPriority(long step);

    /// <summary>Saves changed priorities.</summary>
    /// <param name="steps">The transitions' numbers.</param>
    /// <param name="priorities">Their new priorities.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask SavePrioritiesAsync(
        ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken);
}
