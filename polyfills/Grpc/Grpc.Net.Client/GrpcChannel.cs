using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client.Internal;
using Grpc.Net.Compression;
using Grpc.Net.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>A way to one gRPC server. It is expensive to create and meant to be shared by all clients of that server, from any thread.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly ConcurrentDictionary<string, Uri> _methodAddresses = new(StringComparer.Ordinal);
    private readonly HashSet<GrpcCall> _activeCalls = [];
    private readonly bool _disposeInvoker;
    private bool _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        var isHttps = string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        if (!isHttps && !string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"No address resolver configured for the scheme '{address.Scheme}'.");
        }

        if (string.IsNullOrEmpty(address.Host))
        {
            throw new ArgumentException(
                $"Address '{address.OriginalString}' doesn't have a host. Address should include a scheme, host, and optional port. For example, 'https://localhost:5001'.");
        }

        if (options.Credentials is { } credentials && credentials.IsSecure != isHttps)
        {
            throw new InvalidOperationException(credentials.IsSecure
                ? $"Channel is configured with secure channel credentials and can't use a HttpClient with a '{address.Scheme}' scheme."
                : $"Channel is configured with insecure channel credentials and can't use a HttpClient with a '{address.Scheme}' scheme.");
        }

        if (options.HttpClient is not null && options.HttpHandler is not null)
        {
            throw new ArgumentException(
                $"{nameof(GrpcChannelOptions.HttpClient)} and {nameof(GrpcChannelOptions.HttpHandler)} have been configured. Only one HTTP caller can be specified.");
        }

        Address = address;
        MaxSendMessageSize = options.MaxSendMessageSize;
        MaxReceiveMessageSize = options.MaxReceiveMessageSize;
        Compression = new CompressionProviders((IEnumerable<ICompressionProvider>?)options.CompressionProviders ?? CompressionProviders.Default);
        ThrowOperationCanceledOnCancellation = options.ThrowOperationCanceledOnCancellation;
        HttpVersion = options.HttpVersion ?? System.Net.HttpVersion.Version20;
        HttpVersionPolicy = options.HttpVersionPolicy ?? System.Net.Http.HttpVersionPolicy.RequestVersionExact;
        var loggers = options.LoggerFactory
            ?? (ILoggerFactory?)options.ServiceProvider?.GetService(typeof(ILoggerFactory))
            ?? NullLoggerFactory.Instance;
        Logger = loggers.CreateLogger("Grpc.Net.Client.Internal.GrpcCall");
        _disposeInvoker = options.DisposeHttpClient || (options.HttpClient is null && options.HttpHandler is null);

        // A plain invoker is used where there is no client: a client's own time-out and buffering are of no use to calls.
        Invoker = options.HttpClient ?? new HttpMessageInvoker(options.HttpHandler ?? CreateHandler(), disposeHandler: true);
    }

    internal Uri Address { get; }

    internal HttpMessageInvoker Invoker { get; }

    internal int? MaxSendMessageSize { get; }

    internal int? MaxReceiveMessageSize { get; }

    internal CompressionProviders Compression { get; }

    internal bool ThrowOperationCanceledOnCancellation { get; }

    internal Version HttpVersion { get; }

    internal HttpVersionPolicy HttpVersionPolicy { get; }

    internal ILogger Logger { get; }

    /// <summary>Creates a channel to an address with default options.</summary>
    /// <param name="address">The address: <c>http</c> for cleartext HTTP/2 or <c>https</c>.</param>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>Creates a channel to an address.</summary>
    /// <param name="address">The address: <c>http</c> for cleartext HTTP/2 or <c>https</c>.</param>
    /// <param name="channelOptions">Options.</param>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>Creates a channel to an address with default options.</summary>
    /// <param name="address">The address: <c>http</c> for cleartext HTTP/2 or <c>https</c>.</param>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>Creates a channel to an address. No connection is made before the first call.</summary>
    /// <param name="address">The address: <c>http</c> for cleartext HTTP/2 or <c>https</c>.</param>
    /// <param name="channelOptions">Options.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The address has no host, or the options name both a client and a handler.</exception>
    /// <exception cref="InvalidOperationException">The scheme is neither http nor https, or the credentials do not agree with it.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ChannelCallInvoker(this);
    }

    /// <summary>Cancels the calls in flight and, if the channel owns it, closes the HTTP handler with its connections.</summary>
    public void Dispose()
    {
        GrpcCall[] calls;
        lock (_activeCalls)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            calls = [.. _activeCalls];
        }

        foreach (var call in calls)
        {
            call.Dispose();
        }

        if (_disposeInvoker)
        {
            Invoker.Dispose();
        }
    }

    internal Uri GetMethodAddress(IMethod method)
    {
        if (_methodAddresses.TryGetValue(method.FullName, out var address))
        {
            return address;
        }

        return _methodAddresses.GetOrAdd(method.FullName, new UriBuilder(Address) { Path = method.FullName, Query = "" }.Uri);
    }

    internal void Register(GrpcCall call)
    {
        lock (_activeCalls)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _activeCalls.Add(call);
        }
    }

    internal void Unregister(GrpcCall call)
    {
        lock (_activeCalls)
        {
            _activeCalls.Remove(call);
        }
    }

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static SocketsHttpHandler CreateHandler() => new() { EnableMultipleHttp2Connections = true };
}
