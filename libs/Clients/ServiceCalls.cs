using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>Turns the errors of calls into <see cref="ServiceCallException"/>.</summary>
internal static class ServiceCalls
{
    /// <summary>Waits for the response of a call.</summary>
    /// <param name="service">The service, for example "EnvService".</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The token with which the call was made.</param>
    /// <exception cref="ServiceCallException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled it.</exception>
    public static async Task<T> GuardAsync<T>(
        string service, AsyncUnaryCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            throw Failure(service, e, cancellationToken);
        }
    }

    /// <summary>The exception that a caller gets for the error of a call.</summary>
    /// <param name="service">The service.</param>
    /// <param name="error">The error.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static Exception Failure(string service, Exception error, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellationToken);
        }

        return error switch
        {
            RpcException e => new ServiceCallException(service, e),
            IOException or HttpRequestException => new ServiceCallException(service, error),
            _ => new ServiceCallException(service),
        };
    }

    /// <summary>
    /// Whether an exception means that a streaming call is over: its status; the client's refusal to write; or the
    /// transport's exception, which the client lets through when a write finds the connection gone before the call has
    /// noticed.
    /// </summary>
    /// <param name="exception">What a read or a write of the stream threw.</param>
    public static bool EndsCall(Exception exception) =>
        exception is RpcException or InvalidOperationException or OperationCanceledException
            or IOException or HttpRequestException;
}
