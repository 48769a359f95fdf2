namespace Grpc.Core;

/// <summary>The server's side of one call: what the client sent with it, and what goes back besides messages.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? _userState;

    /// <summary>Creates a context.</summary>
    protected ServerCallContext()
    {
    }

    /// <summary>Full name of the called method: <c>/service/method</c>.</summary>
    public string Method => MethodCore;

    /// <summary>The host that the client addressed.</summary>
    public string Host => HostCore;

    /// <summary>The client's address, such as <c>ipv4:127.0.0.1:50123</c>.</summary>
    public string Peer => PeerCore;

    /// <summary>When the client stops waiting, in UTC; <see cref="DateTime.MaxValue"/> when it never does.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>The request's headers, without those of HTTP/2 and gRPC themselves.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the client cancels, goes away, or the deadline passes.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>Entries sent to the client after the last message.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>The status of the call when its handler returns normally; <see cref="StatusCode.OK"/> unless set.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>How responses are written, for instance without compression.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>The peer's identity; not authenticated over a connection without TLS client certificates.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>A place for interceptors and handlers to leave things for each other.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>The method's full name.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>The addressed host.</summary>
    protected abstract string HostCore { get; }

    /// <summary>The client's address.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>The deadline in UTC.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>The request's headers.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>The call's cancellation.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>The trailers to send.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>The status to send.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>How responses are written.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>The peer's identity.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>Things left by interceptors and handlers.</summary>
    protected virtual IDictionary<object, object> UserStateCore => _userState ??= [];

    /// <summary>Sends the response headers now instead of with the first message.</summary>
    /// <param name="responseHeaders">Entries to send.</param>
    /// <exception cref="InvalidOperationException">The headers have already been sent.</exception>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Creates a token that carries this call's deadline and cancellation to calls made on its behalf.</summary>
    /// <param name="options">What is carried.</param>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) => CreatePropagationTokenCore(options);

    /// <summary>Sends the response headers.</summary>
    /// <param name="responseHeaders">Entries to send.</param>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    /// <summary>Creates a propagation token.</summary>
    /// <param name="options">What is carried.</param>
    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);
}
