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
    /// <summary>Summarises episodes.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static EvaluationSummary Of(IReadOnlyCollection<EpisodeResult> episodes)
    {
        if (episodes.Count == 0)
        {
            throw new ArgumentException("There are no episodes to summarise.", nameof(episodes));
        }

        // Episodes end in an order that timing may change; a sum by index does not depend on it.
        var returns = episodes.OrderBy(e => e.Index).Select(e => e.Return).ToArray();
        var mean = returns.Average();
        var squares = returns.Sum(r => (r - mean) * (r - mean));
        var error = returns.Length > 1 ? Math.Sqrt(squares / (returns.Length - 1) / returns.Length) : 0;
        return new EvaluationSummary(returns.Length, mean, error, returns.Min(), returns.Max(), episodes.Average(e => e.Length));
    }
}
