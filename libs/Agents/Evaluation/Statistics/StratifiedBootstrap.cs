using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Evaluation.Statistics;

/// <summary>
/// Confidence intervals over seeds by the stratified percentile bootstrap (Agarwal et al. 2021): a stratum is a task (a
/// game), its values are the scores of the runs, one a seed. Each resample draws, in every stratum, as many runs as it
/// has with replacement; the statistic is taken of all drawn scores together; the interval lies between two quantiles
/// of these.
/// </summary>
public static class StratifiedBootstrap
{
    /// <summary>Resamples when none are asked for.</summary>
    public const int DefaultResamples = 10_000;

    /// <summary>Estimates a statistic.</summary>
    /// <param name="strata">
    /// Scores by task, [task][run]; tasks may have different numbers of runs, each at least one.
    /// </param>
    /// <param name="statistic">What is estimated.</param>
    /// <param name="confidence">Probability that the interval is to cover, between 0 and 1.</param>
    /// <param name="resamples">Resamples, at least 1.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <exception cref="ArgumentException">There is no stratum, or an empty one.</exception>
    public static ConfidenceInterval Estimate(
        IReadOnlyList<IReadOnlyList<double>> strata,
        Statistic statistic,
        double confidence = 0.95,
        int resamples = DefaultResamples,
        ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(strata);
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        if (strata.Count == 0 || strata.Any(s => s.Count == 0))
        {
            throw new ArgumentException("Every task needs at least one score.", nameof(strata));
        }

        var scores = strata.SelectMany(s => s).ToArray();
        var drawn = new double[scores.Length];
        var estimates = new double[resamples];
        var random = new Pcg64(seed);
        for (var i = 0; i < resamples; i++)
        {
            var at = 0;
            foreach (var stratum in strata)
            {
                for (var run = 0; run < stratum.Count; run++)
                {
                    drawn[at++] = stratum[(int)random.Integers(0, stratum.Count)];
                }
            }

            estimates[i] = statistic(drawn);
        }

        var tail = (1 - confidence) / 2;
        return new ConfidenceInterval(
            statistic(scores), SampleStatistics.Quantile(estimates, tail),
            SampleStatistics.Quantile(estimates, 1 - tail), confidence);
    }
}
