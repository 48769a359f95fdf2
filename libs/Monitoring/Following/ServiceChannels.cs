using Grpc.Net.Client;

namespace DqnAspire.Monitoring.Following;

/// <summary>Channels to the services of this machine.</summary>
public static class ServiceChannels
{
    /// <summary>Creates a channel to a service on this machine.</summary>
    /// <param name="address">Such as <c>http://127.0.0.1:5103</c>.</param>
    public static GrpcChannel Create(string address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        // A proxy that HTTP_PROXY names cannot reach this machine's loopback.
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        },
        DisposeHttpClient = true,
    });
}
