namespace Grpc.Core.Interceptors;

/// <summary>Sees calls on their way out of a client and into a server. Every member passes the call on unless overridden.</summary>
public abstract class Interceptor
{
    /// <summary>Creates an interceptor.</summary>
    protected Interceptor()
    {
    }

    /// <summary>Passes a blocking unary call on.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>The response.</returns>
    public delegate TResponse BlockingUnaryCallContinuation<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a unary call on.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>The running call.</returns>
    public delegate AsyncUnaryCall<TResponse> AsyncUnaryCallContinuation<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a server streaming call on.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>The running call.</returns>
    public delegate AsyncServerStreamingCall<TResponse> AsyncServerStreamingCallContinuation<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a client streaming call on.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="context">The call.</param>
    /// <returns>The running call.</returns>
    public delegate AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCallContinuation<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a bidirectional streaming call on.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="context">The call.</param>
    /// <returns>The running call.</returns>
    public delegate AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCallContinuation<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Intercepts a blocking unary call of a client.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    /// <returns>The response.</returns>
    public virtual TResponse BlockingUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Intercepts a unary call of a client.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    /// <returns>The running call.</returns>
    public virtual AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Intercepts a server streaming call of a client.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    /// <returns>The running call.</returns>
    public virtual AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Intercepts a client streaming call of a client.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    /// <returns>The running call.</returns>
    public virtual AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(context);

    /// <summary>Intercepts a bidirectional streaming call of a client.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    /// <returns>The running call.</returns>
    public virtual AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(context);

    /// <summary>Intercepts a unary call in a server.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    /// <returns>The response.</returns>
    public virtual Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Intercepts a client streaming call in a server.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="requestStream">The requests.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    /// <returns>The response.</returns>
    public virtual Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(requestStream, context);

    /// <summary>Intercepts a server streaming call in a server.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="responseStream">Where to write responses.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    public virtual Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, responseStream, context);

    /// <summary>Intercepts a bidirectional streaming call in a server.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseStream">Where to write responses.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Passes the call on.</param>
    public virtual Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(requestStream, responseStream, context);
}
