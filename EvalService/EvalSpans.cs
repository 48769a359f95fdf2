using System.Diagnostics;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Play.Policies;

namespace DqnAspire.EvalService;

/// <summary>An evaluation in a trace, and its episodes.</summary>
internal static class EvalSpans
{
    private static readonly ActivitySource Source = new("DqnAspire.EvalService");

    /// <summary>An evaluation lasts until the span is disposed.</summary>
    /// <returns>Null when nobody traces.</returns>
    public static Activity? StartEvaluation(int episodes) =>
        Source.StartActivity("evaluation")?.SetTag("dqn.evaluation.episodes", episodes);

    /// <summary>Says what is evaluated.</summary>
    public static void Describe(Activity? evaluation, PolicyInfo policy) => evaluation
        ?.SetTag("dqn.run.id", policy.RunId)
        .SetTag("dqn.environment.id", policy.EnvironmentId)
        .SetTag("dqn.parameters.version", policy.Version);

    /// <summary>An episode has ended; it becomes a span at the time that it was played.</summary>
    public static void AddEpisode(EpisodeResult episode) => Source
        .StartActivity(ActivityKind.Internal, startTime: DateTimeOffset.UtcNow - episode.Duration, name: "episode")
        ?.SetTag("dqn.episode.index", episode.Index)
        .SetTag("dqn.episode.return", episode.Return)
        .SetTag("dqn.episode.length", episode.Length)
        .Dispose();
}
