using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Internal;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>Settings of a <see cref="GrpcChannel"/>.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Creates options with a receive limit of 4 MiB and no send limit.</summary>
    public GrpcChannelOptions()
    {
    }

    /// <summary>How the connection is secured; null to decide by the address' scheme. It must agree with the scheme.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>Longest message that may be sent, in bytes before compression; null, the default, for no limit. Longer ones fail with ResourceExhausted.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Longest message that is accepted, in bytes; null for no limit. Longer ones fail with ResourceExhausted. 4 MiB by default.</summary>
    public int? MaxReceiveMessageSize { get; set; } = GrpcProtocol.DefaultMaxReceiveMessageSize;

    /// <summary>The encodings that the client can use; null for gzip and deflate.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Where the client logs; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The client that sends the calls' HTTP requests. Not together with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler that sends the calls' HTTP requests; without one, and without <see cref="HttpClient"/>, the channel makes its own.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether disposing the channel disposes the given <see cref="HttpClient"/> or <see cref="HttpHandler"/>. The channel's own is always disposed.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>
    /// Whether a call that the client cancels, or that passes its deadline, fails with <see cref="OperationCanceledException"/> instead of
    /// <see cref="RpcException"/>.
    /// </summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>HTTP version of the requests; null for 2.0.</summary>
    public Version? HttpVersion { get; set; }

    /// <summary>How <see cref="HttpVersion"/> is negotiated; null for exactly that version.</summary>
    public HttpVersionPolicy? HttpVersionPolicy { get; set; }

    /// <summary>Finds services such as an <see cref="ILoggerFactory"/> when they are not set here.</summary>
    public IServiceProvider? ServiceProvider { get; set; }
}
