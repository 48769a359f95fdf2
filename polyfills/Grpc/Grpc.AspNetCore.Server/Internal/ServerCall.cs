using System.Buffers;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// One call on the server. It is answered exactly once: by its handler's end or by its deadline, whichever comes first. The gate orders the
/// two, and with them everything that is written to the response.
/// </summary>
internal sealed class ServerCall(HttpContext httpContext, string methodName, MethodOptions options, ILogger logger) : ServerCallContext
{
    private static readonly AuthContext Unauthenticated = new(null, []);
    private static readonly HashSet<string> ProtocolHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        GrpcProtocol.EncodingHeader,
        GrpcProtocol.AcceptEncodingHeader,
        GrpcProtocol.TimeoutHeader,
        HeaderNames.ContentEncoding,
        HeaderNames.ContentType,
        HeaderNames.TE,
        HeaderNames.Host,
        HeaderNames.AcceptEncoding,
    };

    private readonly Lock _gate = new();
    private readonly MessageSerializationContext _serialization = new(options.MaxSendMessageSize);
    private RequestReader? _requests;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private ServerDeadline? _deadline;
    private string? _responseEncoding;
    private bool _messageWritten;
    private bool _answered;

    public HttpContext HttpContext { get; } = httpContext;

    public MethodOptions Options { get; } = options;

    public RequestReader Requests => _requests ??= new RequestReader(this);

    protected override string MethodCore => methodName;

    protected override string HostCore => HttpContext.Request.Host.Value ?? string.Empty;

    protected override string PeerCore => HttpContext.Connection is { RemoteIpAddress: { } address, RemotePort: var port }
        ? address.AddressFamily switch
        {
            AddressFamily.InterNetwork => $"ipv4:{address}:{port}",
            AddressFamily.InterNetworkV6 => $"ipv6:[{address}]:{port}",
            _ => $"unknown:{address}:{port}",
        }
        : "unknown";

    protected override DateTime DeadlineCore => _deadline?.UtcTime ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => _deadline?.CancellationToken ?? HttpContext.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => Unauthenticated;

    protected override IDictionary<object, object> UserStateCore => HttpContext.Items!;

    /// <summary>Starts the deadline and decides how responses are compressed.</summary>
    public void Start()
    {
        var response = HttpContext.Response;
        response.ContentType = GrpcProtocol.ContentType;
        HttpContext.Features.Get<IHttpActivityFeature>()?.Activity?.SetTag("grpc.method", methodName);
        if (Options.ResponseEncoding is { } encoding && !GrpcProtocol.IsIdentity(encoding) && IsAcceptedByClient(encoding))
        {
            _responseEncoding = encoding;
            response.Headers.GrpcEncoding = encoding;
        }

        if (HttpContext.Request.Headers.GrpcTimeout is { Count: > 0 } timeout)
        {
            if (timeout.Count == 1 && GrpcTimeout.TryParse(timeout, out var remaining) && remaining > TimeSpan.Zero)
            {
                _deadline = new ServerDeadline(remaining, HttpContext.RequestAborted, AnswerDeadlineAsync);
            }
            else
            {
                ServerLog.InvalidTimeout(logger, timeout.ToString());
            }
        }
    }

    /// <summary>Decompresses a request message.</summary>
    /// <exception cref="RpcException">The encoding is missing or unknown, the data is corrupt, or the message is over the limit.</exception>
    public ReadOnlySequence<byte> Decompress(in ReadOnlySequence<byte> payload)
    {
        var encoding = (string?)HttpContext.Request.Headers.GrpcEncoding;
        if (encoding is not null && !Options.Compression.Contains(encoding) && !HttpContext.Response.HasStarted)
        {
            // Tells the client what it may use instead.
            HttpContext.Response.Headers.GrpcAcceptEncoding = Options.Compression.Names;
        }

        return Options.Compression.Decompress(payload, encoding, Options.MaxReceiveMessageSize);
    }

    /// <summary>Writes a response to the response's pipe, without sending it yet.</summary>
    /// <exception cref="InvalidOperationException">The call has been answered.</exception>
    /// <exception cref="RpcException">The message is over the send limit.</exception>
    public void Write<T>(T message, Action<T, SerializationContext> serializer)
    {
        lock (_gate)
        {
            if (_answered || HttpContext.RequestAborted.IsCancellationRequested)
            {
                throw new InvalidOperationException("Can't write the message because the request is complete.");
            }

            WriteCore(message, serializer);
        }
    }

    /// <summary>Writes the only response. It is sent together with the trailers. If the deadline has answered already, nothing is written.</summary>
    /// <exception cref="RpcException">The handler returned null, or the message is over the send limit.</exception>
    public void WriteLast<T>(T? message, Action<T, SerializationContext> serializer)
        where T : class
    {
        if (message is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        }

        lock (_gate)
        {
            if (!_answered)
            {
                WriteCore(message, serializer);
            }
        }
    }

    /// <summary>Makes an exception the status of the call.</summary>
    public void Fail(Exception exception)
    {
        switch (exception)
        {
            case RpcException rpc:
                ServerLog.HandlerStatus(logger, methodName, rpc.StatusCode, rpc.Status.Detail, rpc.Status.DebugException);
                foreach (var entry in rpc.Trailers)
                {
                    ResponseTrailers.Add(entry);
                }

                Status = rpc.Status;
                return;

            case OperationCanceledException or IOException or InvalidOperationException when _answered || CancellationToken.IsCancellationRequested:
                ServerLog.HandlerCancelled(logger, methodName, exception);
                break;

            default:
                ServerLog.HandlerFailed(logger, methodName, exception);
                break;
        }

        const string Detail = "Exception was thrown by handler.";
        Status = new Status(StatusCode.Unknown, Options.EnableDetailedErrors ? $"{Detail} {GrpcProtocol.Describe(exception)}" : Detail, exception);
    }

    /// <summary>Answers with the trailers, unless the deadline has answered.</summary>
    public ValueTask EndAsync()
    {
        lock (_gate)
        {
            if (!_answered)
            {
                _answered = true;
                try
                {
                    WriteTrailers(_responseTrailers, Status);
                }
                catch (InvalidOperationException exception)
                {
                    Fail(exception);
                    WriteTrailers(null, Status);
                }
            }
        }

        return _deadline?.DisposeAsync() ?? default;
    }

    /// <summary>Ends the stream at once, as cancelled.</summary>
    public void Reset()
    {
        if (HttpContext.Features.Get<IHttpResetFeature>() is { } reset)
        {
            reset.Reset(GrpcProtocol.Http2Cancel);
        }
        else
        {
            HttpContext.Abort();
        }
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        lock (_gate)
        {
            if (_answered || _messageWritten || HttpContext.Response.HasStarted)
            {
                throw new InvalidOperationException("Response headers can only be sent once per call.");
            }

            foreach (var entry in responseHeaders)
            {
                if (entry.Key == GrpcProtocol.CompressionRequestHeader)
                {
                    _responseEncoding = entry.Value;
                    HttpContext.Response.Headers.GrpcEncoding = entry.Value;
                }
                else
                {
                    Append(HttpContext.Response.Headers, entry, "header");
                }
            }
        }

        // Starting the response would leave the headers in the server's buffer.
        return HttpContext.Response.BodyWriter.FlushAsync(HttpContext.RequestAborted).AsTask();
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotImplementedException("CreatePropagationToken is not implemented.");

    private static void Append(IHeaderDictionary destination, Metadata.Entry entry, string kind)
    {
        try
        {
            destination.Append(entry.Key, entry.IsBinary ? BinaryHeader.Encode(entry.ValueBytes) : entry.Value);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new InvalidOperationException($"Error adding response {kind} '{entry.Key}'.", exception);
        }
    }

    private void WriteCore<T>(T message, Action<T, SerializationContext> serializer)
    {
        _serialization.Write(message, serializer, HttpContext.Response.BodyWriter, ResponseCompression(), Options.ResponseCompressionLevel);
        _messageWritten = true;
    }

    private ICompressionProvider? ResponseCompression() =>
        _responseEncoding is not null && GrpcProtocol.AllowsCompression(WriteOptions) ? Options.Compression.Find(_responseEncoding) : null;

    private bool IsAcceptedByClient(string encoding) =>
        HttpContext.Request.Headers.GrpcAcceptEncoding.Any(
            accepted => accepted is not null && accepted.Split(',', StringSplitOptions.TrimEntries).Contains(encoding, StringComparer.Ordinal));

    private void WriteTrailers(Metadata? trailers, Status status)
    {
        // Without any message the headers are not sent yet, and take the place of the trailers.
        var response = HttpContext.Response;
        var destination = !response.HasStarted && !_messageWritten
            ? response.Headers
            : HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
                ?? throw new InvalidOperationException("Trailers are not supported for this response. The server may not support gRPC.");
        if (trailers is not null)
        {
            foreach (var entry in trailers)
            {
                Append(destination, entry, "trailer");
            }
        }

        ResponseStatus.Write(destination, status);
        HttpContext.Features.Get<IHttpActivityFeature>()?.Activity?.SetTag("grpc.status_code", ((int)status.StatusCode).ToString());
    }

    private async Task AnswerDeadlineAsync()
    {
        try
        {
            lock (_gate)
            {
                if (_answered)
                {
                    return;
                }

                _answered = true;
                ServerLog.DeadlineExceeded(logger, methodName, Deadline);
                WriteTrailers(null, new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded"));
            }

            // The handler still runs. The client has its answer, and what the handler waits for on this stream ends with the reset.
            await HttpContext.Response.CompleteAsync();
            Reset();
        }
        catch (Exception exception)
        {
            ServerLog.DeadlineFailed(logger, methodName, exception);
        }
    }

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in HttpContext.Request.Headers)
        {
            if (name.StartsWith(':') || ProtocolHeaders.Contains(name))
            {
                continue;
            }

            if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
            {
                metadata.Add(name, values.ToString());
                continue;
            }

            // Repeated binary entries may arrive joined by commas, which base64 does not contain.
            foreach (var value in values.ToString().Split(',', StringSplitOptions.TrimEntries))
            {
                try
                {
                    metadata.Add(name, BinaryHeader.Decode(value));
                }
                catch (FormatException exception)
                {
                    throw new RpcException(new Status(StatusCode.Internal, $"The value of the request header '{name}' is not base64.", exception));
                }
            }
        }

        return metadata;
    }
}
