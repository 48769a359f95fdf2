using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Agents.Training;

/// <summary>
/// What a run has done until one moment: its state, and its numbers. <see cref="Numbers"/> is what stores, displays and
/// the wire iterate over; the properties are the same values with their types, for code that needs a certain one.
/// </summary>
public sealed record TrainingProgress
{
    /// <summary>Where the run stands.</summary>
    public RunState State { get; init; } = RunState.Starting;

    /// <summary>What is trained, for people: spaces and layers. Empty until it is known.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Every number that has a value.</summary>
    public NumberSet Numbers { get; init; } = NumberSet.Empty;

    /// <summary>Agent steps taken in training.</summary>
    public long Steps
    {
        get => Whole(TrainingNumbers.Steps);
        init => Numbers = Numbers.With(TrainingNumbers.Steps, value);
    }

    /// <summary>Limit of the agent steps; 0: none.</summary>
    public long MaxSteps
    {
        get => Whole(TrainingNumbers.MaxSteps);
        init => Numbers = Numbers.With(TrainingNumbers.MaxSteps, value);
    }

    /// <summary>Training episodes finished.</summary>
    public long Episodes
    {
        get => Whole(TrainingNumbers.Episodes);
        init => Numbers = Numbers.With(TrainingNumbers.Episodes, value);
    }

    /// <summary>Limit of the training episodes; 0: none.</summary>
    public long MaxEpisodes
    {
        get => Whole(TrainingNumbers.MaxEpisodes);
        init => Numbers = Numbers.With(TrainingNumbers.MaxEpisodes, value);
    }

    /// <summary>Training calls done.</summary>
    public long Updates
    {
        get => Whole(TrainingNumbers.Updates);
        init => Numbers = Numbers.With(TrainingNumbers.Updates, value);
    }

    /// <summary>Return of the last finished training episode.</summary>
    public double? LastReturn
    {
        get => Numbers[TrainingNumbers.LastReturn];
        init => Numbers = Numbers.With(TrainingNumbers.LastReturn, value);
    }

    /// <summary>Steps of the last finished training episode.</summary>
    public int? LastLength
    {
        get => (int?)Numbers[TrainingNumbers.LastLength];
        init => Numbers = Numbers.With(TrainingNumbers.LastLength, value);
    }

    /// <summary>Mean return of the last 100 training episodes.</summary>
    public double? MeanReturn100
    {
        get => Numbers[TrainingNumbers.MeanReturn100];
        init => Numbers = Numbers.With(TrainingNumbers.MeanReturn100, value);
    }

    /// <summary>Mean loss since the last finished episode began.</summary>
    public double? Loss
    {
        get => Numbers[TrainingNumbers.Loss];
        init => Numbers = Numbers.With(TrainingNumbers.Loss, value);
    }

    /// <summary>Probability of a random action.</summary>
    public double Epsilon
    {
        get => Numbers[TrainingNumbers.Epsilon] ?? 0;
        init => Numbers = Numbers.With(TrainingNumbers.Epsilon, value);
    }

    /// <summary>The recipe's last validation score.</summary>
    public double? ValidationReturn
    {
        get => Numbers[TrainingNumbers.ValidationReturn];
        init => Numbers = Numbers.With(TrainingNumbers.ValidationReturn, value);
    }

    /// <summary>The recipe's best validation score.</summary>
    public double? BestValidationReturn
    {
        get => Numbers[TrainingNumbers.BestValidationReturn];
        init => Numbers = Numbers.With(TrainingNumbers.BestValidationReturn, value);
    }

    /// <summary>The score to exceed.</summary>
    public double? GoalReturn
    {
        get => Numbers[TrainingNumbers.GoalReturn];
        init => Numbers = Numbers.With(TrainingNumbers.GoalReturn, value);
    }

    /// <summary>Agent steps a second, over about the last second.</summary>
    public double StepsPerSecond
    {
        get => Numbers[TrainingNumbers.StepsPerSecond] ?? 0;
        init => Numbers = Numbers.With(TrainingNumbers.StepsPerSecond, value);
    }

    /// <summary>Training calls a second, over about the last second.</summary>
    public double UpdatesPerSecond
    {
        get => Numbers[TrainingNumbers.UpdatesPerSecond] ?? 0;
        init => Numbers = Numbers.With(TrainingNumbers.UpdatesPerSecond, value);
    }

    /// <summary>Wall time of the run, over all the processes that worked on it.</summary>
    public TimeSpan Elapsed
    {
        get => TimeSpan.FromSeconds(Numbers[TrainingNumbers.Seconds] ?? 0);
        init => Numbers = Numbers.With(TrainingNumbers.Seconds, value.TotalSeconds);
    }

    /// <summary>
    /// The same run at a checkpoint: limits, goal and rates stay, everything that was counted is the checkpoint's.
    /// </summary>
    public TrainingProgress At(CheckpointState checkpoint)
    {
        var numbers = Numbers;
        foreach (var (number, value) in checkpoint.Statistics.Numbers())
        {
            numbers = numbers.With(number, value);
        }

        return this with { Numbers = numbers.With(TrainingNumbers.Epsilon, checkpoint.Epsilon) };
    }

    private long Whole(TrainingNumber number) => (long)(Numbers[number] ?? 0);
}
