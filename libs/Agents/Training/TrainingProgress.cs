using DqnAspire.Agents.Training.Checkpoints;

namespace DqnAspire.Agents.Training;

/// <summary>What a run has done so far, at one moment.</summary>
public sealed record TrainingProgress
{
    /// <summary>Where the run stands.</summary>
    public RunState State { get; init; } = RunState.Starting;

    /// <summary>What is trained, for people: spaces and layers. Empty until it is known.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Agent steps taken in training.</summary>
    public long Steps { get; init; }

    /// <summary>Most agent steps that can be taken; 0: no limit.</summary>
    public long MaxSteps { get; init; }

    /// <summary>Training episodes finished.</summary>
    public long Episodes { get; init; }

    /// <summary>Most training episodes; 0: no limit.</summary>
    public long MaxEpisodes { get; init; }

    /// <summary>Training calls done.</summary>
    public long Updates { get; init; }

    /// <summary>Return of the last finished training episode.</summary>
    public double? LastReturn { get; init; }

    /// <summary>Steps of the last finished training episode.</summary>
    public int? LastLength { get; init; }

    /// <summary>Mean return of the last 100 training episodes.</summary>
    public double? MeanReturn100 { get; init; }

    /// <summary>Mean loss since the last finished episode began.</summary>
    public double? Loss { get; init; }

    /// <summary>Probability of a random action.</summary>
    public double Epsilon { get; init; }

    /// <summary>The recipe's own last validation score.</summary>
    public double? ValidationReturn { get; init; }

    /// <summary>The best of them.</summary>
    public double? BestValidationReturn { get; init; }

    /// <summary>The score to beat.</summary>
    public double? GoalReturn { get; init; }

    /// <summary>Agent steps a second, over about the last second.</summary>
    public double StepsPerSecond { get; init; }

    /// <summary>Training calls a second, over about the last second.</summary>
    public double UpdatesPerSecond { get; init; }

    /// <summary>Wall time since the run was started.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The same run at a checkpoint.</summary>
    public TrainingProgress At(CheckpointState checkpoint)
    {
        var numbers = checkpoint.Statistics;
        return this with
        {
            Steps = numbers.Steps,
            Episodes = numbers.Episodes,
            Updates = numbers.Updates,
            LastReturn = numbers.LastReturn,
            LastLength = numbers.LastLength,
            MeanReturn100 = numbers.Returns.Count > 0 ? numbers.Returns.Average() : null,
            Loss = numbers.LossCount > 0 ? numbers.LossSum / numbers.LossCount : numbers.EpisodeLoss,
            Epsilon = checkpoint.Epsilon,
            ValidationReturn = numbers.ValidationReturn,
            BestValidationReturn = numbers.BestValidationReturn,
            Elapsed = TimeSpan.FromSeconds(numbers.Seconds),
        };
    }
}
