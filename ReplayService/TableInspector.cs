using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core;
using DqnAspire.Core.Pictures;
using DqnAspire.Replay;
using DqnAspire.Replay.Sharing;
using DqnAspire.Replay.Storage;
using Google.Protobuf;

namespace DqnAspire.ReplayService;

/// <summary>Answers <c>Inspect</c>: statistics of a table, and some of its transitions with their pictures.</summary>
internal static class TableInspector
{
    public const int MaxTransitions = 256;

    public static async Task<InspectResponse> InspectAsync(
        SharedTable shared, InspectRequest request, CancellationToken cancellationToken)
    {
        var response = new InspectResponse();
        var pictures = Array.Empty<ObservationRead>();
        var reading = shared.Inspect(table =>
        {
            AddStatistics(table, response);
            AddTransitions(table, request, response);
            pictures = request.Pictures ? PlanPictures(table, response) : [];
            return table.Store.ReadAsync(pictures, cancellationToken);
        });
        await reading;
        var shape = shared.Manifest.Shape;
        for (var i = 0; i < pictures.Length; i++)
        {
            var png = PngPicture.Encode(pictures[i].Destination.Span, shape[0], shape[1]);
            response.Transitions[i].Png = UnsafeByteOperations.UnsafeWrap(png);
        }

        return response;
    }

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
            if (step.Flags.EndsEpisode())
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

    private static void AddTransitions(ReplayTable table, InspectRequest request, InspectResponse response)
    {
        var first = request.First >= 0 ? request.First : table.Size + request.First;
        for (var index = Math.Max(0, first); index < Math.Min(table.Size, first + request.Count); index++)
        {
            var transition = table.Describe((int)index);
            var step = transition.Stored;
            response.Transitions.Add(new InspectResponse.Types.Transition
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
            });
        }
    }

    private static ObservationRead[] PlanPictures(ReplayTable table, InspectResponse response) =>
        [.. response.Transitions.Select(t => new ObservationRead(t.Record, new byte[table.Spec.ObservationBytes]))];

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
