using DqnAspire.Agents.Policies;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Core.Networks;
using DqnAspire.Play.Policies;

namespace DqnAspire.EvalService.Acting;

/// <summary>Requests and answers of Act.</summary>
internal static class ActMessages
{
    private const int MaxStates = 4096;

    /// <summary>Reads the states of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="policy">Says what a state is.</param>
    /// <param name="sessions">Keeps the observations before.</param>
    /// <returns>[count, stack, observation].</returns>
    /// <exception cref="ActRequestException">The request does not fit the policy.</exception>
    public static ReadOnlyMemory<byte> ReadStates(ActRequest request, LoadedPolicy policy, ActSessions sessions)
    {
        if (request.Count is < 1 or > MaxStates)
        {
            throw new ActRequestException($"count: {request.Count} is not a number from 1 to {MaxStates}.");
        }

        if (request.Session.Length > ActSessions.MaxNameLength)
        {
            throw new ActRequestException(
                $"session: the name has {request.Session.Length} characters; {ActSessions.MaxNameLength} are allowed.");
        }

        using var lease = policy.Rent();
        var (shape, isSession) = (lease.Policy, request.Session.Length > 0);
        if (!isSession && request.Begins.Count > 0)
        {
            throw new ActRequestException("begins: only the games of a session begin episodes; name a session.");
        }

        var expected = (long)request.Count * shape.ObservationBytes * (isSession ? 1 : shape.Stack);
        if (request.Observations.Length != expected)
        {
            throw new ActRequestException(Mismatch(request, shape, isSession, policy.Info.EnvironmentId, expected));
        }

        return isSession
            ? sessions.Add(request.Session, shape, request.Observations.Span, request.Count, request.Begins)
            : request.Observations.Memory;
    }

    /// <summary>An answer.</summary>
    /// <param name="thoughts">What the policy thinks.</param>
    /// <param name="policy">What the policy is.</param>
    /// <param name="names">Names of the actions.</param>
    public static ActResponse ToMessage(in Thoughts thoughts, PolicyInfo policy, IReadOnlyList<string> names)
    {
        var response = new ActResponse
        {
            ParameterVersion = policy.Version,
            RunId = policy.RunId,
            EnvironmentId = policy.EnvironmentId,
            Steps = policy.Steps,
        };
        response.Actions.AddRange(thoughts.Actions.ToArray());
        response.ActionValues.AddRange(thoughts.ActionValues.ToArray());
        response.ActionNames.Add(names);
        if (!thoughts.Distributions.IsEmpty)
        {
            response.Distributions = new ReturnDistributions();
            response.Distributions.Values.AddRange(thoughts.Distributions.ToArray());
            if (thoughts.Values is CategoricalValues atoms)
            {
                response.Distributions.Atoms.Add(
                    Enumerable.Range(0, atoms.Atoms).Select(i => atoms.Minimum + (i * atoms.Spacing)));
            }
        }

        return response;
    }

    private static string Mismatch(
        ActRequest request, IPolicy shape, bool isSession, string environment, long expected)
    {
        var states = isSession || shape.Stack == 1
            ? $"{request.Count} observations of {shape.ObservationBytes} bytes"
            : $"{request.Count} states of {shape.Stack} observations of {shape.ObservationBytes} bytes";
        var hint = !isSession && shape.Stack > 1
            && request.Observations.Length == (long)request.Count * shape.ObservationBytes
                ? " To send one observation at a time, name a session: the service keeps the others."
                : "";
        return $"observations: {states} ({environment}) are {expected} bytes, not {request.Observations.Length}.{hint}";
    }
}
