namespace Grpc.Core;

/// <summary>Receives the methods of a service from generated code. A server overrides every overload.</summary>
public class ServiceBinderBase
{
    /// <summary>Adds a unary method.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null when only the method is being described.</param>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Adds a client streaming method.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null when only the method is being described.</param>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Adds a server streaming method.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null when only the method is being described.</param>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Adds a bidirectional streaming method.</summary>
    /// <typeparam name="TRequest">Type of the request messages.</typeparam>
    /// <typeparam name="TResponse">Type of the response messages.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null when only the method is being described.</param>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();
}
