using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Wraps handlers in interceptors, the first outermost. Each call gets its interceptors from its own services.</summary>
internal sealed class InterceptorPipeline(IReadOnlyList<InterceptorRegistration> interceptors)
{
    public UnaryServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (next, registration) => async (request, context) =>
        {
            var (interceptor, owned) = Create(registration, context);
            try
            {
                return await interceptor.UnaryServerHandler(request, context, next);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(interceptor, owned);
            }
        });

    public ClientStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(ClientStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (next, registration) => async (requests, context) =>
        {
            var (interceptor, owned) = Create(registration, context);
            try
            {
                return await interceptor.ClientStreamingServerHandler(requests, context, next);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(interceptor, owned);
            }
        });

    public ServerStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(ServerStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (next, registration) => async (request, responses, context) =>
        {
            var (interceptor, owned) = Create(registration, context);
            try
            {
                await interceptor.ServerStreamingServerHandler(request, responses, context, next);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(interceptor, owned);
            }
        });

    public DuplexStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(DuplexStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class => interceptors.Reverse().Aggregate(handler, (next, registration) => async (requests, responses, context) =>
        {
            var (interceptor, owned) = Create(registration, context);
            try
            {
                await interceptor.DuplexStreamingServerHandler(requests, responses, context, next);
            }
            finally
            {
                await Disposal.DisposeIfOwnedAsync(interceptor, owned);
            }
        });

    private static (Interceptor Interceptor, bool Owned) Create(InterceptorRegistration registration, ServerCallContext context) =>
        registration.Create(context.GetHttpContext().RequestServices);
}
