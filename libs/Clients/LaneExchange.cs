using DqnAspire.Contracts.Env.V1;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>One Interact stream: every request gets exactly one response, in order.</summary>
internal sealed class LaneExchange(AsyncDuplexStreamingCall<InteractRequest, InteractResponse> call) : IAsyncDisposable
{
    public const string Service = "EnvService";

    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    public async ValueTask<InteractResponse> SendAsync(InteractRequest request, CancellationToken cancellationToken)
    {
        await WriteAsync(request, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request; it has been serialised when this completes.</summary>
    public async ValueTask WriteAsync(InteractRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException
            or RpcException { StatusCode: StatusCode.Cancelled or StatusCode.OK })
        {
            // Writing to a call that has ended, or is ending, or whose connection is closing, fails here; why it ended
            // comes with its answer.
            await ReadAsync(cancellationToken).ConfigureAwait(false);
            throw new ServiceCallException(Service);
        }
        catch (RpcException e)
        {
            throw Failure(e, cancellationToken);
        }
    }

    /// <summary>Waits for the next response.</summary>
    public async ValueTask<InteractResponse> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false)
                ? call.ResponseStream.Current
                : throw new ServiceCallException(Service);
        }
        catch (RpcException e)
        {
            throw Failure(e, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(GoodbyeTime);
        try
        {
            // The service ends the session when its requests end; hanging up before that would look like a lost client.
            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
            await call.ResponseStream.MoveNext(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (StreamErrors.EndsCall(e))
        {
            // The call has ended already, or the service is gone: nothing is left to say goodbye to.
        }

        call.Dispose();
    }

    private static Exception Failure(RpcException e, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
        ? new OperationCanceledException(cancellationToken)
        : new ServiceCallException(Service, e);
}
