namespace Grpc.Net.ClientFactory;

/// <summary>How long an interceptor instance lives.</summary>
public enum InterceptorScope
{
    /// <summary>As long as the channel: all clients of the name share it.</summary>
    Channel,

    /// <summary>As long as the client: each gets its own, from the services of its scope.</summary>
    Client,
}
