using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Evaluation;

/// <summary>
/// The statistics of an evaluation, declared once: files, the wire, reports and terminals iterate over them.
/// </summary>
public static class EvaluationNumbers
{
    /// <summary>Episodes played.</summary>
    public static TrainingNumber Episodes { get; } =
        new("episodes", "episode", "Episodes played.") { IsWhole = true, Format = "N0" };

    /// <summary>Mean return.</summary>
    public static TrainingNumber MeanReturn { get; } =
        new("mean_return", "reward", "Mean of the returns.") { Label = "mean" };

    /// <summary>Standard error of the mean.</summary>
    public static TrainingNumber StandardError { get; } =
        new("standard_error", "reward",
            "Sample standard deviation over the square root of the number of episodes; 0 for one episode.")
        {
            Label = "standard error",
        };

    /// <summary>Median return.</summary>
    public static TrainingNumber MedianReturn { get; } =
        new("median_return", "reward", "The middle return.") { Label = "median" };

    /// <summary>Interquartile mean.</summary>
    public static TrainingNumber InterquartileMeanReturn { get; } =
        new("interquartile_mean_return", "reward",
            "Mean of the middle half of the returns.")
        { Label = "interquartile mean" };

    /// <summary>Smallest return.</summary>
    public static TrainingNumber MinReturn { get; } =
        new("min_return", "reward", "The smallest return.") { Label = "min" };

    /// <summary>Largest return.</summary>
    public static TrainingNumber MaxReturn { get; } =
        new("max_return", "reward", "The largest return.") { Label = "max" };

    /// <summary>Mean length.</summary>
    public static TrainingNumber MeanLength { get; } =
        new("mean_length", "step", "Mean number of agent steps.") { Label = "mean length", Format = "0.#" };

    /// <summary>Human-normalised score.</summary>
    public static TrainingNumber HumanNormalisedScore { get; } =
        new("human_normalised_score", "", "(mean - random) / (human - random), for games that have such scores.")
        {
            Label = "human-normalised score of the mean",
            Format = "0.###",
        };

    private static readonly TrainingNumber[] All =
    [
        Episodes, MeanReturn, StandardError, MedianReturn, InterquartileMeanReturn, MinReturn, MaxReturn, MeanLength,
        HumanNormalisedScore,
    ];

    /// <summary>
    /// The number with a name; one that this process does not know gets a bare declaration, so that it is kept and
    /// shown.
    /// </summary>
    public static TrainingNumber Named(string name) =>
        Array.Find(All, n => n.Name == name) ?? new TrainingNumber(name, "", name);
}
