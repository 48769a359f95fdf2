using Grpc.Net.Client;

namespace DqnAspire.AppHost.Following;

/// <summary>Channels to this system's own services.</summary>
internal static class ServiceChannels
{
    /// <summary>Makes a channel to a service on this machine.</summary>
    public static GrpcChannel Create(string address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        // A proxy that HTTP_PROXY names has no way to this machine's loopback.
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
