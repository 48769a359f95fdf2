using DqnAspire.Agents.Evaluation.HumanScores;
using DqnAspire.Agents.Evaluation.Statistics;
using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Evaluation;

/// <summary>
/// Statistics of evaluation episodes. <see cref="Numbers"/> is what files, the wire and reports iterate over; the
/// properties are the same values with their types.
/// </summary>
/// <param name="Numbers">The statistics.</param>
public sealed record EvaluationSummary(NumberSet Numbers)
{
    /// <summary>Number of episodes.</summary>
    public int Episodes => (int)(Numbers[EvaluationNumbers.Episodes] ?? 0);

    /// <summary>Mean of their returns.</summary>
    public double MeanReturn => Numbers[EvaluationNumbers.MeanReturn] ?? 0;

    /// <summary>Sample standard deviation over the square root of their number; 0 for one episode.</summary>
    public double StandardError => Numbers[EvaluationNumbers.StandardError] ?? 0;

    /// <summary>Smallest return.</summary>
    public double MinReturn => Numbers[EvaluationNumbers.MinReturn] ?? 0;

    /// <summary>Largest return.</summary>
    public double MaxReturn => Numbers[EvaluationNumbers.MaxReturn] ?? 0;

    /// <summary>Mean number of agent steps.</summary>
    public double MeanLength => Numbers[EvaluationNumbers.MeanLength] ?? 0;

    /// <summary>The middle return.</summary>
    public double MedianReturn => Numbers[EvaluationNumbers.MedianReturn] ?? 0;

    /// <summary>Mean of the middle half of the returns.</summary>
    public double InterquartileMeanReturn => Numbers[EvaluationNumbers.InterquartileMeanReturn] ?? 0;

    /// <summary>
    /// The mean return on the scale of random play (0) and a human (1); null where the game has no such scores.
    /// </summary>
    public double? HumanNormalisedScore => Numbers[EvaluationNumbers.HumanNormalisedScore];

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
        return new EvaluationSummary(NumberSet.Empty
            .With(EvaluationNumbers.Episodes, returns.Length)
            .With(EvaluationNumbers.MeanReturn, mean)
            .With(EvaluationNumbers.StandardError, SampleStatistics.StandardError(returns))
            .With(EvaluationNumbers.MedianReturn, SampleStatistics.Median(returns))
            .With(EvaluationNumbers.InterquartileMeanReturn, SampleStatistics.InterquartileMean(returns))
            .With(EvaluationNumbers.MinReturn, returns.Min())
            .With(EvaluationNumbers.MaxReturn, returns.Max())
            .With(EvaluationNumbers.MeanLength, episodes.Average(e => e.Length))
            .With(EvaluationNumbers.HumanNormalisedScore, HumanScoreTable.Find(environmentId)?.Normalise(mean)));
    }
}
