using DqnAspire.Core;

namespace DqnAspire.Replay;

/// <summary>Statistics of the transitions in a table.</summary>
/// <param name="Priorities">Their priorities; null in a table without priorities, or without transitions.</param>
/// <param name="TimesSampled">How often they were sampled; null when there are none.</param>
/// <param name="EpisodeLengths">
/// Steps of the episodes that lie in the table as a whole; null when there are none.
/// </param>
/// <param name="EpisodeReturns">Sums of rewards of these episodes; null when there are none.</param>
/// <param name="WholeEpisodes">Number of these episodes.</param>
public sealed record TableStatistics(
    Distribution? Priorities,
    Distribution? TimesSampled,
    Distribution? EpisodeLengths,
    Distribution? EpisodeReturns,
    int WholeEpisodes)
{
    /// <summary>Counts the transitions of a table.</summary>
    /// <param name="table">The table; nothing changes it meanwhile.</param>
    public static TableStatistics Of(ReplayTable table)
    {
        var priorities = new Summary();
        var timesSampled = new Summary();
        var lengths = new Summary();
        var returns = new Summary();
        // Sum of rewards of each episode that began in the table.
        var running = new Dictionary<long, double>();
        for (var i = 0; i < table.Size; i++)
        {
            var transition = table.Describe(i);
            priorities.Add(transition.Priority);
            timesSampled.Add(transition.TimesSampled);
            var step = transition.Stored;
            if (step.EpisodeStep != 1 && !running.ContainsKey(step.Episode))
            {
                continue;
            }

            var sum = running.GetValueOrDefault(step.Episode) + step.Reward;
            running[step.Episode] = sum;
            if (step.Flags.EndsEpisode())
            {
                running.Remove(step.Episode);
                lengths.Add(step.EpisodeStep);
                returns.Add(sum);
            }
        }

        return new TableStatistics(
            table.Priorities is null ? null : priorities.Distribution,
            timesSampled.Distribution,
            lengths.Distribution,
            returns.Distribution,
            lengths.Count);
    }

    private struct Summary()
    {
        private double _min = double.PositiveInfinity;
        private double _max = double.NegativeInfinity;
        private double _sum;

        public int Count { get; private set; }

        public readonly Distribution? Distribution => Count == 0 ? null : new Distribution(_min, _sum / Count, _max);

        public void Add(double value)
        {
            _min = Math.Min(_min, value);
            _max = Math.Max(_max, value);
            _sum += value;
            Count++;
        }
    }
}
