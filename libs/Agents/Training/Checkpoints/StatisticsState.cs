namespace DqnAspire.Agents.Training.Checkpoints;

/// <summary>The counts of <see cref="TrainingStatistics"/> in a checkpoint.</summary>
public sealed record StatisticsState
{
    /// <summary>Agent steps in training.</summary>
    public required long Steps { get; init; }

    /// <summary>Training episodes finished.</summary>
    public required long Episodes { get; init; }

    /// <summary>Training calls.</summary>
    public required long Updates { get; init; }

    /// <summary>Returns of the last training episodes, in the order of the ring that keeps 100 of them.</summary>
    public required IReadOnlyList<double> Returns { get; init; }

    /// <summary>Sum of the losses since the last episode's end.</summary>
    public required double LossSum { get; init; }

    /// <summary>Number of the losses since the last episode's end.</summary>
    public required long LossCount { get; init; }

    /// <summary>Mean loss of the last episode.</summary>
    public double? EpisodeLoss { get; init; }

    /// <summary>Return of the last training episode.</summary>
    public double? LastReturn { get; init; }

    /// <summary>Steps of the last training episode.</summary>
    public int? LastLength { get; init; }

    /// <summary>The last validation score.</summary>
    public double? ValidationReturn { get; init; }

    /// <summary>The best validation score.</summary>
    public double? BestValidationReturn { get; init; }

    /// <summary>Wall time until now, over all the processes that worked on the run.</summary>
    public required double Seconds { get; init; }

    /// <summary>The algorithm's own numbers by name; null where it has none.</summary>
    public Dictionary<string, double>? Others { get; init; }

    /// <summary>Checks what the types do not say.</summary>
    /// <exception cref="InvalidDataException">The numbers contradict each other.</exception>
    public void Validate()
    {
        const double MaxSeconds = 1e10;
        if (Steps < 0 || Episodes < 0 || Updates < 0 || LossCount < 0 || LastLength < 0
            || Seconds is not (>= 0 and <= MaxSeconds)
            || Returns?.Count != Math.Min(Episodes, TrainingStatistics.Window))
        {
            throw new InvalidDataException(
                $"Statistics of {Episodes} episodes, {Steps} steps, {Updates} updates and {Seconds} seconds have "
                + $"{Returns?.Count} returns.");
        }
    }

    /// <summary>The numbers that people see of these counts; null where there is no value yet.</summary>
    public IEnumerable<KeyValuePair<TrainingNumber, double?>> Numbers()
    {
        yield return new(TrainingNumbers.Steps, Steps);
        yield return new(TrainingNumbers.Episodes, Episodes);
        yield return new(TrainingNumbers.Updates, Updates);
        yield return new(TrainingNumbers.LastReturn, LastReturn);
        yield return new(TrainingNumbers.LastLength, LastLength);
        yield return new(TrainingNumbers.MeanReturn100, Returns.Count > 0 ? Returns.Average() : null);
        yield return new(TrainingNumbers.Loss, LossCount > 0 ? LossSum / LossCount : EpisodeLoss);
        yield return new(TrainingNumbers.ValidationReturn, ValidationReturn);
        yield return new(TrainingNumbers.BestValidationReturn, BestValidationReturn);
        yield return new(TrainingNumbers.Seconds, Seconds);
        foreach (var (name, value) in Others ?? [])
        {
            yield return new(TrainingNumbers.Named(name), value);
        }
    }
}
