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

    /// <summary>The maximum of memory that pictures take: the observations, and what they are compressed to.</summary>
    public static long MaxMemoryBytes(SharedTable table, InspectRequest request) =>
        request.Pictures ? 2L * request.Count * table.Spec.ObservationBytes : 0;

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
        var statistics = TableStatistics.Of(table);
        response.Priorities = ToMessage(statistics.Priorities);
        response.TimesSampled = ToMessage(statistics.TimesSampled);
        response.EpisodeLengths = ToMessage(statistics.EpisodeLengths);
        response.EpisodeReturns = ToMessage(statistics.EpisodeReturns);
        response.WholeEpisodes = statistics.WholeEpisodes;
    }

    private static InspectResponse.Types.Distribution? ToMessage(Distribution? distribution) => distribution is { } d
        ? new InspectResponse.Types.Distribution { Min = d.Min, Mean = d.Mean, Max = d.Max }
        : null;

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
}
