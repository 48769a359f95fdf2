namespace DqnAspire.Agents.Training;

/// <summary>
/// One line of a run's log. <see cref="Numbers"/> is what files, charts and meters iterate over; the properties are the
/// same values with their types.
/// </summary>
/// <param name="Kind">"episode" or "iteration".</param>
/// <param name="Index">1-based number of the episode or iteration.</param>
/// <param name="Steps">Agent steps taken in training so far.</param>
public sealed record LogRecord(string Kind, long Index, long Steps)
{
    /// <summary>Every number that has a value, besides the steps and the wall time, which are the axes.</summary>
    public NumberSet Numbers { get; init; } = NumberSet.Empty;

    /// <summary>Return of the training episode.</summary>
    public double? Return
    {
        get => Numbers[TrainingNumbers.Return];
        init => Numbers = Numbers.With(TrainingNumbers.Return, value);
    }

    /// <summary>Agent steps of the training episode.</summary>
    public int? Length
    {
        get => (int?)Numbers[TrainingNumbers.Length];
        init => Numbers = Numbers.With(TrainingNumbers.Length, value);
    }

    /// <summary>Mean loss of the episode's training calls.</summary>
    public double? Loss
    {
        get => Numbers[TrainingNumbers.Loss];
        init => Numbers = Numbers.With(TrainingNumbers.Loss, value);
    }

    /// <summary>Mean return of the greedy test after it.</summary>
    public double? ValidationReturn
    {
        get => Numbers[TrainingNumbers.ValidationReturn];
        init => Numbers = Numbers.With(TrainingNumbers.ValidationReturn, value);
    }

    /// <summary>Epsilon while it was played.</summary>
    public double? Epsilon
    {
        get => Numbers[TrainingNumbers.Epsilon];
        init => Numbers = Numbers.With(TrainingNumbers.Epsilon, value);
    }

    /// <summary>
    /// How often each action was taken since the record before; see <see cref="Training.ActionCounts"/>.
    /// </summary>
    public IReadOnlyList<long>? ActionCounts { get; init; }

    /// <summary>Wall time since the run was started.</summary>
    public required TimeSpan Elapsed { get; init; }
}
