using System.Diagnostics.Metrics;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Upper bounds of histogram buckets, fine where small differences matter. (OpenTelemetry's defaults suit milliseconds;
/// nearly all of these values would fall into its first or last bucket.)
/// </summary>
public static class Buckets
{
    /// <summary>
    /// Returns of an episode of any environment: 0 and 1 (FrozenLake), -21 to 21 by points where games are nearly lost
    /// or won (Pong), -500 to 300 (LunarLander), 0 to 500 (CartPole), hundreds (Breakout) and Atari scores up to a
    /// million.
    /// </summary>
    public static InstrumentAdvice<double> Returns { get; } = new()
    {
        HistogramBucketBoundaries =
        [
            -20_000, -10_000, -5000, -2000, -1000, -500, -400, -300, -250, -200, -150, -100, -50, -30, -21, -20, -19,
            -18, -16, -13, -10, -5, -2, -1,
            0, 0.25, 0.5, 0.75, 1, 2, 5, 10, 13, 16, 17, 18, 19, 20, 21, 30, 50, 75, 100, 150, 200, 250, 300, 350, 400,
            450, 475, 499, 500, 600, 800,
            1000, 1500, 2000, 3000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 50_000, 100_000, 200_000, 500_000,
            1_000_000,
        ],
    };

    /// <summary>Losses: a millionth to a thousand, three buckets a decade.</summary>
    public static InstrumentAdvice<double> Losses { get; } = new()
    {
        HistogramBucketBoundaries =
        [
            1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1,
            2, 5, 10, 20, 50, 100, 200,
            500, 1000,
        ],
    };

    /// <summary>Durations in seconds: a microsecond to ten minutes, three buckets a decade.</summary>
    public static InstrumentAdvice<double> Durations { get; } = new()
    {
        HistogramBucketBoundaries =
        [
            1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1,
            2, 5, 10, 20, 60, 120, 300, 600,
        ],
    };

    /// <summary>Lengths of an episode, in agent steps: up to the 27,000 of an Atari game of half an hour.</summary>
    public static InstrumentAdvice<long> EpisodeLengths { get; } = new()
    {
        HistogramBucketBoundaries =
            [5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 400, 499, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000,
                10_000, 15_000, 20_000, 27_000],
    };

    /// <summary>Ages of a transition: how many came after it, up to the capacity of a large table.</summary>
    public static InstrumentAdvice<double> Ages { get; } = new()
    {
        HistogramBucketBoundaries =
            [1, 10, 100, 300, 1e3, 3e3, 1e4, 3e4, 1e5, 2e5, 3e5, 4e5, 5e5, 6e5, 8e5, 1e6, 3e6, 1e7],
    };

    /// <summary>Counts, by powers of two.</summary>
    public static InstrumentAdvice<long> Counts { get; } = new()
    {
        HistogramBucketBoundaries = [0, 1, 2, 4, 8, 16, 32, 64, 128],
    };
}
