namespace Grpc.Net.ClientFactory;

/// <summary>Creates the clients that <c>AddGrpcClient</c> registered.</summary>
public abstract class GrpcClientFactory
{
    /// <summary>Creates a factory.</summary>
    protected GrpcClientFactory()
    {
    }

    /// <summary>Creates a client. Clients of one name share a channel.</summary>
    /// <typeparam name="TClient">The client's type.</typeparam>
    /// <param name="name">The name it was registered with; by default its type's.</param>
    /// <exception cref="InvalidOperationException">No such client is registered, or it has no address.</exception>
    public abstract TClient CreateClient<TClient>(string name)
        where TClient : class;
}
