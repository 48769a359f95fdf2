using System.Diagnostics;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Clients;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Core.Lanes;
using DqnAspire.EvalService.Acting;
using DqnAspire.EvalService.Policies;
using DqnAspire.Play.Policies;
using Grpc.Core;

namespace DqnAspire.EvalService;

/// <summary>Evaluation over gRPC: validates, finds the policy, plays, maps to messages.</summary>
public sealed class EvalGrpcService(
    PolicyCatalog policies,
    ILaneSource lanes,
    ActBatcher batcher,
    ActSessions sessions,
    ActionNames actionNames,
    EvalMetrics metrics)
    : Contracts.Eval.V1.EvalService.EvalServiceBase
{
    private const int DefaultEpisodes = 20;

    /// <inheritdoc/>
    public override Task<ListPoliciesResponse> ListPolicies(ListPoliciesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListPoliciesResponse { Policies = { policies.List().Select(EvalMessages.ToMessage) } });

    /// <inheritdoc/>
    public override async Task Evaluate(
        EvaluateRequest request, IServerStreamWriter<EvaluateResponse> responseStream, ServerCallContext context)
    {
        var protocol = ToProtocol(request);
        await Guard("policy", async () =>
        {
            var started = Stopwatch.GetTimestamp();
            var episodes = new List<EpisodeResult>();
            using var span = EvalSpans.StartEvaluation(protocol.Episodes);
            var policy = await policies.GetAsync(
                EvalMessages.ToReference(request.RunId, request.Selection, request.Steps),
                request.EnvironmentId,
                mayBeOlder: false,
                context.CancellationToken);
            var info = policy.Info;
            EvalSpans.Describe(span, info);
            var setup = await EvaluationSetup.CreateAsync(
                lanes, info.EnvironmentId, info.Options, protocol, context.CancellationToken);
            using var lease = policy.Rent();
            var playing = Evaluator.PlayAsync(
                lease.Policy, lanes, setup.EnvironmentId, setup.Options, protocol, context.CancellationToken);
            await foreach (var episode in playing)
            {
                episodes.Add(episode);
                metrics.EpisodePlayed(info.EnvironmentId, episode);
                EvalSpans.AddEpisode(episode);
                await responseStream.WriteAsync(
                    new EvaluateResponse { Episode = EvalMessages.ToMessage(episode) }, context.CancellationToken);
            }

            var summary = EvalMessages.ToMessage(
                info, setup.Protocol, Stopwatch.GetElapsedTime(started), EvaluationSummary.Of(
                    episodes, info.EnvironmentId));
            await responseStream.WriteAsync(new EvaluateResponse { Summary = summary }, context.CancellationToken);
            return summary;
        });
    }

    /// <inheritdoc/>
    public override Task<ActResponse> Act(ActRequest request, ServerCallContext context) =>
        Guard("observations", async () =>
        {
            var policy = await policies.GetAsync(
                EvalMessages.ToReference(request.RunId, request.Selection, request.Steps),
                request.EnvironmentId,
                mayBeOlder: true,
                context.CancellationToken);
            var states = ActMessages.ReadStates(request, policy, sessions);
            var thoughts = await batcher.ThinkAsync(policy, states, request.Count, request.WithDistributions);
            metrics.Decided(request.Count);
            var names = await actionNames.GetAsync(policy.Info, context.CancellationToken);
            return ActMessages.ToMessage(thoughts, policy.Info, names);
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
        catch (ActRequestException e)
        {
            throw Error(e.IsFull ? StatusCode.ResourceExhausted : StatusCode.InvalidArgument, e.Message);
        }
        catch (PolicyException e)
        {
            var code = e.IsEarly ? StatusCode.FailedPrecondition
                : e.InnerException is null ? StatusCode.NotFound
                : StatusCode.DataLoss;
            throw Error(code, e.Message);
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
