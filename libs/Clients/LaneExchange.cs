using DqnAspire.Contracts.Env.V1;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>One Interact stream: every request gets exactly one response, in order.</summary>
internal sealed class LaneExchange(AsyncDuplexStreamingCall<InteractRequest, InteractResponse> call) : IAsyncDisposable
{
    private const string Service = "EnvService";

    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

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
        using var patience = new CancellationTokenSource(GoodbyeTime);
        try
        {
            // The service ends the session when its requests end; hanging up before that would look like a lost client.
            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
            await call.ResponseStream.MoveNext(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The call has ended already, or the service is gone: nothing is left to say goodbye to.
        }

        call.Dispose();
    }
}
