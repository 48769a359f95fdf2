using DqnAspire.Contracts.Replay.V1;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>
/// Batches of a table, ahead of their use: as many as were asked for are drawn and on their way while one is worked on. For
/// learners that run beside acting; one in lockstep names its records instead (<see cref="GrpcReplaySession"/>).
/// </summary>
public sealed class BatchStream : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<SampleRequest, SampleResponse> _call;
    private readonly SampleRequest _more = new() { Credit = new SampleCredit { Batches = 1 } };

    private BatchStream(AsyncDuplexStreamingCall<SampleRequest, SampleResponse> call) => _call = call;

    /// <summary>Opens a sampler.</summary>
    /// <param name="client">The service's client.</param>
    /// <param name="sampler">What to sample, and how.</param>
    /// <param name="prefetch">Batches on their way at any time, at least 1.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="ServiceCallException">ReplayService cannot be reached, or refused.</exception>
    public static async Task<BatchStream> OpenAsync(
        ReplayService.ReplayServiceClient client, OpenSampler sampler, int prefetch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        var stream = new BatchStream(client.Sample(cancellationToken: cancellationToken));
        try
        {
            await stream._call.RequestStream.WriteAsync(new SampleRequest { Open = sampler }, cancellationToken).ConfigureAwait(false);
            await stream._call.RequestStream
                .WriteAsync(new SampleRequest { Credit = new SampleCredit { Batches = prefetch } }, cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch (Exception e) when (e is RpcException or IOException or HttpRequestException)
        {
            stream._call.Dispose();
            throw Failure(e);
        }
    }

    /// <summary>Waits for the next batch, and asks for another one.</summary>
    /// <param name="importanceExponent">Exponent beta of importance weights, for the batch that is asked for; null: as before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ServiceCallException">The service went away, or ended the stream.</exception>
    public async ValueTask<SampleResponse> NextAsync(double? importanceExponent, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                throw new ServiceCallException(GrpcReplaySession.Service);
            }

            if (importanceExponent is { } exponent)
            {
                _more.Credit.ImportanceExponent = exponent;
            }

            await _call.RequestStream.WriteAsync(_more, cancellationToken).ConfigureAwait(false);
            return _call.ResponseStream.Current;
        }
        catch (Exception e) when (e is RpcException or IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failure(e);
        }
    }

    /// <summary>Ends the stream.</summary>
    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ServiceCallException Failure(Exception exception) => exception is RpcException status
        ? new ServiceCallException(GrpcReplaySession.Service, status)
        : new ServiceCallException(GrpcReplaySession.Service, exception);
}
