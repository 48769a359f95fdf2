using DqnAspire.Agents.Evaluation;
using DqnAspire.Clients;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;
using Grpc.Core;

namespace DqnAspire.LearnerService;

/// <summary>
/// The evaluation after training, played by EvalService, which fetches the parameters from this service.
/// </summary>
/// <param name="eval">EvalService.</param>
internal sealed class EvalServiceEvaluator(EvalService.EvalServiceClient eval) : IFinalEvaluator
{
    private const string Service = "EvalService";

    /// <inheritdoc/>
    public async Task<RecordedEvaluation> EvaluateAsync(
        RunSession session, EvaluationProtocol protocol, Action<double> played, CancellationToken cancellationToken)
    {
        var request = new EvaluateRequest
        {
            RunId = session.Id,
            Episodes = protocol.Episodes,
            Epsilon = protocol.Epsilon,
            Seed = protocol.Seed,
        };
        if (protocol.MaxFrames is { } frames)
        {
            request.MaxFrames = frames;
        }

        try
        {
            using var call = eval.Evaluate(request, cancellationToken: cancellationToken);
            await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (response.Summary is { } summary)
                {
                    var numbers = NumberMessages.ToNumbers(summary.Numbers, EvaluationNumbers.Named);
                    return new RecordedEvaluation(summary.Protocol, new EvaluationSummary(numbers));
                }

                played(response.Episode.EpisodeReturn);
            }
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(Service, e);
        }

        throw new ServiceCallException(Service);
    }
}
