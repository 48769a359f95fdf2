using System.Diagnostics;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Clients;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Core.Lanes;
using Grpc.Core;

namespace DqnAspire.EvalService;

/// <summary>Evaluation over gRPC: validates, fetches the policy, plays, maps to messages.</summary>
public sealed class EvalGrpcService(PolicySource policies, ILaneSource lanes, EvalMetrics metrics)
    : Contracts.Eval.V1.EvalService.EvalServiceBase
{
    private const int DefaultEpisodes = 20;
    private const int MaxObservations = 4096;

    /// <inheritdoc/>
    public override async Task Evaluate(
        EvaluateRequest request, IServerStreamWriter<EvaluateResponse> responseStream, ServerCallContext context)
    {
        RequireSelection(request.Selection);
        var protocol = ToProtocol(request);
        await Guard("policy", async () =>
        {
            var started = Stopwatch.GetTimestamp();
            var episodes = new List<EpisodeResult>();
            using var span = EvalSpans.StartEvaluation(protocol.Episodes);
            var fetched = await policies.GetAsync(
                request.RunId, request.Selection == PolicySelection.Best, mayBeOlder: false, context.CancellationToken);
            var header = fetched.Header;
            EvalSpans.Describe(span, header);
            var setup = await EvaluationSetup.CreateAsync(
                lanes,
                header.EnvironmentId,
                header.EnvironmentOptions.AsReadOnly(),
                protocol,
                context.CancellationToken);
            using var lease = fetched.Rent();
            var playing = Evaluator.PlayAsync(
                lease.Policy, lanes, setup.EnvironmentId, setup.Options, protocol, context.CancellationToken);
            await foreach (var episode in playing)
            {
                episodes.Add(episode);
                metrics.EpisodePlayed(header.EnvironmentId, episode);
                EvalSpans.AddEpisode(episode);
                await responseStream.WriteAsync(
                    new EvaluateResponse { Episode = EvalMessages.ToMessage(episode) }, context.CancellationToken);
            }

            var summary = EvalMessages.ToMessage(
                header, setup.Protocol, Stopwatch.GetElapsedTime(started), EvaluationSummary.Of(
                    episodes, header.EnvironmentId));
            await responseStream.WriteAsync(new EvaluateResponse { Summary = summary }, context.CancellationToken);
            return summary;
        });
    }

    /// <inheritdoc/>
    public override Task<ActResponse> Act(ActRequest request, ServerCallContext context) =>
        Guard("observations", async () =>
    {
        RequireSelection(request.Selection);
        if (request.Count is < 1 or > MaxObservations)
        {
            throw Error(
                StatusCode.InvalidArgument, $"count: {request.Count} is not a number from 1 to {MaxObservations}.");
        }

        var fetched = await policies.GetAsync(
            request.RunId, request.Selection == PolicySelection.Best, mayBeOlder: true, context.CancellationToken);
        using var lease = fetched.Rent();
        var policy = lease.Policy;
        if (request.Observations.Length != request.Count * policy.ObservationBytes)
        {
            throw Error(
                StatusCode.InvalidArgument,
                $"observations: {request.Count} observations of {policy.ObservationBytes} bytes "
                + $"({fetched.Header.EnvironmentId}) were expected, not {request.Observations.Length} bytes.");
        }

        var actions = new int[request.Count];
        var values = new float[request.Count * policy.Actions];
        policy.ActGreedily(request.Observations.Span, actions);
        policy.ActionValues(request.Observations.Span, values);
        metrics.Decided(request.Count);
        return new ActResponse
        {
            Actions = { actions },
            ActionValues = { values },
            ParameterVersion = fetched.Header.Version,
        };
    });

    private static EvaluationProtocol ToProtocol(EvaluateRequest request)
    {
        var episodes = request.Episodes == 0 ? DefaultEpisodes : request.Episodes;
        var protocol = new EvaluationProtocol(episodes, request.Epsilon, request.Seed, request.MaxSteps)
        {
            StickyActions = request.HasStickyActions ? request.StickyActions : null,
            NoOpStarts = request.HasNoOpStarts ? request.NoOpStarts : null,
            MaxFrames = request.HasMaxFrames ? request.MaxFrames : null,
        };
        try
        {
            // Before the policy is fetched: a request that cannot be met is refused for what is wrong with it.
            protocol.Validate();
        }
        catch (EvaluationProtocolException e)
        {
            throw Error(StatusCode.InvalidArgument, e.Message);
        }

        return protocol;
    }

    private static void RequireSelection(PolicySelection selection)
    {
        if (!Enum.IsDefined(selection))
        {
            throw Error(StatusCode.InvalidArgument, $"selection: {(int)selection} is no selection.");
        }
    }

    /// <summary>Maps what goes wrong to statuses.</summary>
    /// <param name="field">What an argument belongs to that a policy or environment refuses.</param>
    /// <param name="call">The call.</param>
    private static async Task<T> Guard<T>(string field, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (EvaluationProtocolException e)
        {
            throw Error(StatusCode.InvalidArgument, e.Message);
        }
        catch (ServiceCallException e)
        {
            // Who asks waits for a service that is lost or has no room, as it does itself.
            throw Error(e.IsLoss ? StatusCode.Unavailable : e.StatusCode, e.Message);
        }
        catch (InvalidDataException e)
        {
            throw Error(StatusCode.DataLoss, e.Message);
        }
        catch (ArgumentException e)
        {
            throw Error(StatusCode.InvalidArgument, $"{field}: {e.Message}");
        }
    }

    private static RpcException Error(StatusCode code, string detail) => new(new Status(code, detail));
}
