using DqnAspire.Clients;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;

namespace DqnAspire.EvalService;

/// <summary>Fetches policies from the learner; a version that is here already is not sent again.</summary>
public sealed class PolicySource(LearnerService.LearnerServiceClient learner)
{
    private const string Service = "LearnerService";

    private volatile FetchedPolicy? _cached;

    /// <summary>Gets a run's policy.</summary>
    /// <param name="runId">The run; empty: the current one, or the last.</param>
    /// <param name="best">The one with the best validation score rather than the newest.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ServiceCallException">The learner cannot be reached, or has no such parameters.</exception>
    /// <exception cref="InvalidDataException">What it sent is not what it announced.</exception>
    public async Task<FetchedPolicy> GetAsync(string runId, bool best, CancellationToken cancellationToken)
    {
        var request = new ParametersRequest
        {
            RunId = runId,
            Selection = best ? ParameterSelection.Best : ParameterSelection.Latest,
        };
        try
        {
            // Disposing the call before its end tells the learner to send no more.
            using var call = learner.Parameters(request, cancellationToken: cancellationToken);
            var stream = call.ResponseStream;
            if (!await stream.MoveNext(cancellationToken) || stream.Current.Header is not { } header)
            {
                throw new InvalidDataException($"{Service} sent no header before the parameters.");
            }

            // A learner that was started again counts versions anew: the same version of the same step is the same.
            if (_cached is { Header: { } known } cached && (known.RunId, known.Version, known.Steps) == (header.RunId, header.Version, header.Steps))
            {
                return cached;
            }

            var file = new byte[header.Size];
            var received = 0;
            while (await stream.MoveNext(cancellationToken))
            {
                var chunk = stream.Current.Chunk.Span;
                if (chunk.Length > file.Length - received)
                {
                    throw new InvalidDataException($"{Service} announced {file.Length} bytes of parameters and sent more.");
                }

                chunk.CopyTo(file.AsSpan(received));
                received += chunk.Length;
            }

            if (received < file.Length)
            {
                throw new InvalidDataException($"{Service} announced {file.Length} bytes of parameters and sent {received}.");
            }

            return _cached = new FetchedPolicy(header, file);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(Service, e);
        }
    }
}
