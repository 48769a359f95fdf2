using DqnAspire.Agents.Evaluation.HumanScores;
using DqnAspire.Agents.Evaluation.Statistics;

namespace DqnAspire.Agents.Evaluation;

/// <summary>Statistics of evaluation episodes.</summary>
/// <param name="Episodes">Number of episodes.</param>
/// <param name="MeanReturn">Mean of their returns.</param>
/// <param name="StandardError">Sample standard deviation over the square root of their number; 0 for one episode.</param>
/// <param name="MinReturn">Smallest return.</param>
/// <param name="MaxReturn">Largest return.</param>
/// <param name="MeanLength">Mean number of agent steps.</param>
public sealed record EvaluationSummary(
    int Episodes, double MeanReturn, double StandardError, double MinReturn, double MaxReturn, double MeanLength)
{
    /// <summary>The middle return.</summary>
    public required double MedianReturn { get; init; }

    /// <summary>Mean of the middle half of the returns.</summary>
    public required double InterquartileMeanReturn { get; init; }

    /// <summary>The mean return on the scale of random play (0) and a human (1); null where the game has no such scores.</summary>
    public double? HumanNormalisedScore { get; init; }

    /// <summary>Summarises episodes.</summary>
    /// <param name="episodes">The episodes, in any order.</param>
    /// <param name="environmentId">What was played.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static EvaluationSummary Of(IReadOnlyCollection<EpisodeResult> episodes, string environmentId)
    {
        if (episodes.Count == 0)
        {
            throw new ArgumentException("There are no episodes to summarise.", nameof(episodes));
        }

        // Episodes end in an order that timing may change; a sum by index does not depend on it.
        var returns = episodes.OrderBy(e => e.Index).Select(e => e.Return).ToArray();
        var mean = SampleStatistics.Mean(returns);
        return new EvaluationSummary(
            returns.Length, mean, SampleStatistics.StandardError(returns), returns.Min(), returns.Max(), episodes.Average(e => e.Length))
        {
            MedianReturn = SampleStatistics.Median(returns),
            InterquartileMeanReturn = SampleStatistics.InterquartileMean(returns),
            HumanNormalisedScore = HumanScoreTable.Find(environmentId)?.Normalise(mean),
        };
    }
}
