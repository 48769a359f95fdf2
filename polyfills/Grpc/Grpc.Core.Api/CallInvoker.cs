namespace Grpc.Core;

/// <summary>Starts calls of every kind. Generated clients are written against it.</summary>
public abstract class CallInvoker
{
    /// <summary>Makes a unary call and blocks the thread until it ends.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Overrides the addressed host; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    /// <param name="request">The request.</param>
    /// <returns>The response.</returns>
    /// <exception cref="RpcException">The call failed.</exception>
    public abstract TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a unary call.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Overrides the addressed host; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a server streaming call.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Overrides the addressed host; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a client streaming call.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Overrides the addressed host; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    public abstract AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a bidirectional streaming call.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Overrides the addressed host; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    public abstract AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;
}
