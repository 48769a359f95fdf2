using DqnAspire.Contracts.Env.V1;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>One Interact stream: every request gets exactly one response, in order.</summary>
internal sealed class LaneExchange(AsyncDuplexStreamingCall<InteractRequest, InteractResponse> call) : IAsyncDisposable
{
    private const string Service = "EnvService";

    public async ValueTask<InteractResponse> SendAsync(InteractRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            return await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false)
                ? call.ResponseStream.Current
                : throw new ServiceCallException(Service);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(Service, e);
        }
        catch (InvalidOperationException) when (call.ResponseHeadersAsync.IsCompleted)
        {
            // Writing to a finished call fails locally; the reason is in the call's status.
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(Service, new RpcException(call.GetStatus()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The call has ended already: there is nothing left to complete.
        }

        call.Dispose();
    }
}
