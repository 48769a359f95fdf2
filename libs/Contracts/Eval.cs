namespace DqnAspire.Contracts.Eval.V1;

/// <summary>The numbers that programs ask for by name; others are shown as they come.</summary>
public sealed partial class Summary
{
    /// <summary>Episodes played.</summary>
    public int Episodes => (int)(Numbers.Find("episodes") ?? 0);

    /// <summary>Mean of their returns.</summary>
    public double MeanReturn => Numbers.Find("mean_return") ?? 0;

    /// <summary>Sample standard deviation over the square root of the number of episodes; 0 for one episode.</summary>
    public double StandardError => Numbers.Find("standard_error") ?? 0;

    /// <summary>The smallest return.</summary>
    public double MinReturn => Numbers.Find("min_return") ?? 0;

    /// <summary>The largest return.</summary>
    public double MaxReturn => Numbers.Find("max_return") ?? 0;

    /// <summary>The middle return.</summary>
    public double MedianReturn => Numbers.Find("median_return") ?? 0;

    /// <summary>Mean of the middle half of the returns.</summary>
    public double InterquartileMeanReturn => Numbers.Find("interquartile_mean_return") ?? 0;

    /// <summary>Mean number of agent steps.</summary>
    public double MeanLength => Numbers.Find("mean_length") ?? 0;

    /// <summary>(mean - random) / (human - random); null where the game has no such scores.</summary>
    public double? HumanNormalisedScore => Numbers.Find("human_normalised_score");
}
