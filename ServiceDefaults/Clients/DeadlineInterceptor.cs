using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DqnAspire.ServiceDefaults.Clients;

/// <summary>
/// Sets a deadline on unary calls that have none. It covers all tries together. Streams may live as long as a run.
/// </summary>
/// <param name="limit">The longest time that such a call may take.</param>
internal sealed class DeadlineInterceptor(TimeSpan limit) : Interceptor
{
    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var options = context.Options;
        return continuation(
            request,
            options.Deadline is null
                ? new ClientInterceptorContext<TRequest, TResponse>(
                    context.Method, context.Host, options.WithDeadline(DateTime.UtcNow + limit))
                : context);
    }
}
