using DqnAspire.Contracts.Env.V1;
using Grpc.Core;

namespace DqnAspire.EnvService;

/// <summary>
/// A session whose lanes another service has: requests and responses are passed on as they are. Both directions run at
/// once, so that a client that sends many requests ahead pays for one exchange.
/// </summary>
internal static class ForwardedSession
{
    /// <summary>Passes a session on until either side ends it.</summary>
    /// <param name="service">The other service.</param>
    /// <param name="open">The first request.</param>
    /// <param name="requests">The requests after it.</param>
    /// <param name="responses">Receives the responses.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <exception cref="RpcException">The other service refused a request, in its own words, or went away.</exception>
    public static async Task RunAsync(
        RemoteService service,
        InteractRequest open,
        IAsyncStreamReader<InteractRequest> requests,
        IServerStreamWriter<InteractResponse> responses,
        CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = service.Client.Interact(RemoteEnvironments.Forwarded, cancellationToken: ended.Token);
        var sending = SendAsync(call.RequestStream, open, requests, ended.Token);
        try
        {
            while (await call.ResponseStream.MoveNext(ended.Token))
            {
                await responses.WriteAsync(call.ResponseStream.Current, ended.Token);
            }
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw service.Forward(exception);
        }
        finally
        {
            await ended.CancelAsync();
            await sending;
        }
    }

    private static async Task SendAsync(
        IClientStreamWriter<InteractRequest> writer,
        InteractRequest open,
        IAsyncStreamReader<InteractRequest> requests,
        CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(open, cancellationToken);
            while (await requests.MoveNext(cancellationToken))
            {
                await writer.WriteAsync(requests.Current, cancellationToken);
            }

            await writer.CompleteAsync();
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or InvalidOperationException or RpcException or IOException)
        {
            // The call is over; why is what its responses end with. A client that is gone ends the call by the token.
        }
    }
}
