using System.Diagnostics;

namespace DqnAspire.Benchmarks;

/// <summary>
/// How a figure is taken: of several rounds after one to warm up the median counts, of many short ones the fastest.
/// </summary>
public static class Measurement
{
    private const int Rounds = 5;
    private const int CallsPerShortRound = 10;

    /// <summary>The median figure of several rounds.</summary>
    /// <param name="round">Gives one round's figure.</param>
    /// <param name="cancellationToken">Gives up between rounds.</param>
    public static async Task<double> MedianAsync(Func<Task<double>> round, CancellationToken cancellationToken)
    {
        await round().ConfigureAwait(false);
        var figures = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            figures[i] = await round().ConfigureAwait(false);
        }

        return Median(figures);
    }

    /// <summary>
    /// The median time of one call in nanoseconds, over rounds of many calls; finer than a <see cref="TimeSpan"/> can
    /// tell.
    /// </summary>
    /// <param name="calls">Calls in all rounds together.</param>
    /// <param name="call">What is timed.</param>
    /// <param name="cancellationToken">Gives up between rounds.</param>
    public static async Task<double> MedianNanosecondsAsync(int calls, Action call, CancellationToken cancellationToken)
    {
        var perRound = Math.Max(1, calls / Rounds);
        var ticks = await MedianAsync(
            () =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < perRound; i++)
                {
                    call();
                }

                return Task.FromResult((double)(Stopwatch.GetTimestamp() - started));
            },
            cancellationToken).ConfigureAwait(false);
        return ticks / Stopwatch.Frequency / perRound * 1e9;
    }

    /// <summary>
    /// The time of one call in nanoseconds in the fastest of many short rounds: what the call itself takes. Other work
    /// on the machine, and the compiler's first versions of a method, only ever make a round slower.
    /// </summary>
    /// <param name="calls">Calls in all rounds together.</param>
    /// <param name="call">What is timed; it runs on the caller's thread.</param>
    /// <param name="cancellationToken">Gives up between rounds.</param>
    public static double FastestNanoseconds(int calls, Action call, CancellationToken cancellationToken)
    {
        var fastest = long.MaxValue;
        for (var done = 0; done < calls; done += CallsPerShortRound)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < CallsPerShortRound; i++)
            {
                call();
            }

            fastest = Math.Min(fastest, Stopwatch.GetTimestamp() - started);
        }

        return (double)fastest / Stopwatch.Frequency / CallsPerShortRound * 1e9;
    }

    /// <summary>The median; of an even number of figures the mean of the two in the middle.</summary>
    /// <param name="figures">At least one; sorted by this.</param>
    public static double Median(double[] figures)
    {
        Array.Sort(figures);
        var middle = figures.Length / 2;
        return figures.Length % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
    }
}
