using DqnAspire.Agents.Evaluation;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Core;
using DqnAspire.Play.Policies;
using Grpc.Core;
using Selection = DqnAspire.Contracts.Eval.V1.PolicySelection;

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

    /// <summary>A policy that can be played.</summary>
    public static PolicySummary ToMessage(PolicyInfo policy)
    {
        var summary = new PolicySummary
        {
            RunId = policy.RunId,
            EnvironmentId = policy.EnvironmentId,
            Selection = policy.Label == "best" ? Selection.Best : Selection.Checkpoint,
            Steps = policy.Steps,
        };
        if (policy.ValidationReturn is { } validation)
        {
            summary.ValidationReturn = validation;
        }

        return summary;
    }

    /// <summary>Which policy a request names.</summary>
    /// <exception cref="RpcException">There is no such selection.</exception>
    public static PolicyReference ToReference(string place, Selection selection, long steps) => selection switch
    {
        Selection.Latest => new PolicyReference(place, Play.Policies.PolicySelection.Latest),
        Selection.Best => new PolicyReference(place, Play.Policies.PolicySelection.Best),
        Selection.Checkpoint => new PolicyReference(place, Play.Policies.PolicySelection.Checkpoint, steps),
        _ => throw new RpcException(new Status(
            StatusCode.InvalidArgument, $"selection: {(int)selection} is no selection of a policy (0 to 2).")),
    };

    /// <summary>The statistics at the end.</summary>
    /// <param name="policy">What was evaluated.</param>
    /// <param name="protocol">How it was played, in words.</param>
    /// <param name="elapsed">Wall time.</param>
    /// <param name="summary">The statistics.</param>
    public static Summary ToMessage(
        PolicyInfo policy, string protocol, TimeSpan elapsed, EvaluationSummary summary)
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
            RunId = policy.RunId,
            EnvironmentId = policy.EnvironmentId,
            ParameterVersion = policy.Version,
            Seconds = elapsed.TotalSeconds,
            Protocol = protocol,
            Numbers = { numbers },
        };
    }
}
