using Grpc.Net.Client;

namespace DqnAspire.ServiceDefaults.Clients;

/// <summary>How a service connects to another one.</summary>
internal static class ServiceChannel
{
    private const int WindowBytes = 4 << 20;
    private const int MaxMessageBytes = 64 << 20;

    /// <summary>One HTTP/2 connection, more when its streams are used up; a silent peer is noticed.</summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = WindowBytes,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>Batches and parameters are larger than gRPC's default of 4 MiB.</summary>
    public static void Configure(GrpcChannelOptions channel) => channel.MaxReceiveMessageSize = MaxMessageBytes;
}
