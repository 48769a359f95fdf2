namespace DqnAspire.Agents.Training;

/// <summary>One line of a run's log; absent numbers are left out.</summary>
/// <param name="Kind">"episode" or "iteration".</param>
/// <param name="Index">1-based number of the episode or iteration.</param>
/// <param name="Steps">Agent steps taken in training so far.</param>
public sealed record LogRecord(string Kind, long Index, long Steps)
{
    /// <summary>Return of the training episode.</summary>
    public double? Return { get; init; }

    /// <summary>Steps of the training episode.</summary>
    public int? Length { get; init; }

    /// <summary>Mean loss of the episode's training calls.</summary>
    public double? Loss { get; init; }

    /// <summary>Mean return of the greedy test after it.</summary>
    public double? ValidationReturn { get; init; }

    /// <summary>Epsilon while it was played.</summary>
    public double? Epsilon { get; init; }

    /// <summary>How often each action was taken since the record before; see <see cref="Training.ActionCounts"/>.</summary>
    public IReadOnlyList<long>? ActionCounts { get; init; }

    /// <summary>Wall time since the run was started.</summary>
    public required TimeSpan Elapsed { get; init; }
}
