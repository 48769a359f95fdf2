using DqnAspire.Agents.Evaluation;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Core;

namespace DqnAspire.EvalService;

/// <summary>Episodes and statistics as messages.</summary>
internal static class EvalMessages
{
    /// <summary>An episode that has ended.</summary>
    public static Episode ToMessage(EpisodeResult episode) => new()
    {
        Index = episode.Index,
        Seed = episode.Seed,
        EpisodeReturn = episode.Return,
        Length = episode.Length,
        Seconds = episode.Duration.TotalSeconds,
        Terminated = (episode.End & StepFlags.Terminated) != 0,
        Truncated = (episode.End & StepFlags.Truncated) != 0,
    };

    /// <summary>The statistics at the end.</summary>
    /// <param name="header">What was evaluated.</param>
    /// <param name="protocol">How it was played, in words.</param>
    /// <param name="elapsed">Wall time.</param>
    /// <param name="summary">The statistics.</param>
    public static Summary ToMessage(
        ParametersHeader header, string protocol, TimeSpan elapsed, EvaluationSummary summary)
    {
        var numbers = summary.Numbers.Select(pair => new Number
        {
            Name = pair.Key.Name,
            Value = pair.Value,
            Label = pair.Key.Label ?? "",
            Format = pair.Key.Format,
            Unit = pair.Key.Unit,
        });
        return new Summary
        {
            RunId = header.RunId,
            EnvironmentId = header.EnvironmentId,
            ParameterVersion = header.Version,
            Seconds = elapsed.TotalSeconds,
            Protocol = protocol,
            Numbers = { numbers },
        };
    }
}
