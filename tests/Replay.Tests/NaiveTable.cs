using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Tests;

/// <summary>
/// What a table should hold, written as whole episodes that are never forgotten and a count of the newest steps.
/// </summary>
internal sealed class NaiveTable(int capacity)
{
    private readonly Dictionary<int, Episode> _current = [];
    private readonly List<(Episode Episode, int Step)> _steps = [];
    private long _records;

    /// <summary>Complete transitions, oldest first, and their places among all that are in the table.</summary>
    public IEnumerable<(int Index, Transition Transition)> Transitions(TransitionSpec spec)
    {
        var oldest = Math.Max(0, _steps.Count - capacity);
        for (var i = oldest; i < _steps.Count; i++)
        {
            var (episode, step) = _steps[i];
            if (episode.Ended || step + spec.Steps <= episode.Steps.Count)
            {
                yield return (i - oldest, Assemble(episode, step, spec));
            }
        }
    }

    public void Append(StepRecord record, byte[] observation)
    {
        if (record.Flags == StepFlags.First)
        {
            if (_current.TryGetValue(record.Lane, out var abandoned))
            {
                abandoned.Ended = true;
            }

            _current[record.Lane] = new Episode();
        }
        else
        {
            var episode = _current[record.Lane];
            episode.Steps.Add((record, _records));
            episode.Ended = record.Flags != StepFlags.None;
            _steps.Add((episode, episode.Steps.Count - 1));
        }

        _current[record.Lane].Observations.Add(observation);
        _records++;
    }

    private static Transition Assemble(Episode episode, int step, TransitionSpec spec)
    {
        var last = Math.Min(step + spec.Steps, episode.Steps.Count) - 1;
        var sum = 0.0;
        for (var i = step; i <= last; i++)
        {
            sum += Math.Pow(spec.Discount, i - step) * episode.Steps[i].Record.Reward;
        }

        var end = episode.Steps[last].Record.Flags;
        return new Transition(
            Stack(episode, step, spec),
            episode.Steps[step].Record.Action,
            sum,
            end.HasFlag(StepFlags.Terminated) ? 0 : Math.Pow(spec.Discount, last - step + 1),
            end,
            Stack(episode, last + 1, spec),
            episode.Steps[step].Number);
    }

    private static byte[] Stack(Episode episode, int newest, TransitionSpec spec)
    {
        var width = episode.Observations[0].Length;
        return [.. Enumerable.Range(newest - spec.Stack + 1, spec.Stack).SelectMany(i =>
            i >= 0
                ? episode.Observations[i]
                : spec.Padding == StackPadding.Zero ? new byte[width] : episode.Observations[0])];
    }

    internal sealed record Transition(
        byte[] Observations, int Action, double Reward, double Discount, StepFlags Flags, byte[] Next, long Record);

    private sealed class Episode
    {
        public List<byte[]> Observations { get; } = [];

        public List<(StepRecord Record, long Number)> Steps { get; } = [];

        public bool Ended { get; set; }
    }
}
