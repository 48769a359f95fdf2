using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core;
using DqnAspire.Core.Pictures;
using DqnAspire.Replay;
using Google.Protobuf;

namespace DqnAspire.ReplayService;

/// <summary>What there is to see in a table.</summary>
internal static class TableInspector
{
    public const int MostTransitions = 256;

    public static InspectResponse Inspect(SharedTable shared, InspectRequest request) => shared.Inspect(table =>
    {
        var response = new InspectResponse();
        AddStatistics(table, response);
        var first = request.First >= 0 ? request.First : table.Size + request.First;
        for (var index = Math.Max(0, first); index < Math.Min(table.Size, first + request.Count); index++)
        {
            response.Transitions.Add(Show(shared, table, (int)index, request.Pictures));
        }

        return response;
    });

    private static void AddStatistics(ReplayTable table, InspectResponse response)
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
            if (step.Flags != StepFlags.None)
            {
                running.Remove(step.Episode);
                lengths.Add(step.EpisodeStep);
                returns.Add(sum);
            }
        }

        response.Priorities = table.Priorities is null ? null : priorities.ToMessage();
        response.TimesSampled = timesSampled.ToMessage();
        response.EpisodeLengths = lengths.ToMessage();
        response.EpisodeReturns = returns.ToMessage();
        response.WholeEpisodes = lengths.Count;
    }

    private static InspectResponse.Types.Transition Show(SharedTable shared, ReplayTable table, int index, bool withPicture)
    {
        var transition = table.Describe(index);
        var step = transition.Stored;
        var shown = new InspectResponse.Types.Transition
        {
            Record = transition.Record,
            Lane = step.Lane,
            Episode = step.Episode,
            Step = step.EpisodeStep,
            Action = step.Action,
            Reward = step.Reward,
            Terminated = step.Flags.HasFlag(StepFlags.Terminated),
            Truncated = step.Flags.HasFlag(StepFlags.Truncated),
            Priority = transition.Priority,
            TimesSampled = transition.TimesSampled,
            Age = table.Size - 1 - index,
        };
        if (withPicture)
        {
            var pixels = new byte[shared.Spec.ObservationBytes];
            table.Store.Read(transition.Record, pixels);
            shown.Png = UnsafeByteOperations.UnsafeWrap(PngPicture.Encode(pixels, shared.Manifest.Shape[0], shared.Manifest.Shape[1]));
        }

        return shown;
    }

    private struct Summary()
    {
        private double _min = double.PositiveInfinity;
        private double _max = double.NegativeInfinity;
        private double _sum;

        public int Count { get; private set; }

        public void Add(double value)
        {
            _min = Math.Min(_min, value);
            _max = Math.Max(_max, value);
            _sum += value;
            Count++;
        }

        public readonly InspectResponse.Types.Distribution? ToMessage() =>
            Count == 0 ? null : new InspectResponse.Types.Distribution { Min = _min, Mean = _sum / Count, Max = _max };
    }
}
