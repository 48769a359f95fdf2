using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Internal;

namespace Grpc.Net.Client.Internal;

/// <summary>Finds the status of a call in what HTTP gives back: headers, trailers, status codes and exceptions.</summary>
internal static class CallStatus
{
    public static readonly Status Disposed = new(StatusCode.Cancelled, "gRPC call disposed.");
    public static readonly Status DeadlineExceeded = new(StatusCode.DeadlineExceeded, string.Empty);

    public static Status CancelledBy(CancellationToken token) =>
        new(StatusCode.Cancelled, "Call canceled by the client.", new OperationCanceledException(token));

    /// <summary>The status that response headers decide: a response without messages, or one that is not gRPC. Null when messages follow.</summary>
    public static Status? FromHeaders(HttpResponseMessage response)
    {
        // A gRPC status counts even when the HTTP status says something else.
        if (TryRead(response.Headers, out var status))
        {
            return status;
        }

        if (response.Version < HttpVersion.Version20)
        {
            return new Status(StatusCode.Internal, $"Bad gRPC response. Response protocol downgraded to HTTP/{response.Version.ToString(2)}.");
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new Status(FromHttpStatus(response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        }

        if (GetFirst(response.Content.Headers, "Content-Type") is not { } contentType)
        {
            return new Status(StatusCode.Cancelled, "Bad gRPC response. Response did not have a content-type header.");
        }

        return GrpcProtocol.IsGrpcContentType(contentType)
            ? null
            : new Status(StatusCode.Cancelled, $"Bad gRPC response. Invalid content-type value: {contentType}");
    }

    /// <summary>The status in the trailers of a response that has been read to its end.</summary>
    public static Status FromTrailers(HttpResponseMessage response) =>
        TryRead(response.TrailingHeaders, out var status) ? status.Value : new Status(StatusCode.Cancelled, "No grpc-status found on response.");

    /// <summary>The status for an exception of the HTTP handler.</summary>
    public static Status FromException(string summary, Exception exception) =>
        exception is RpcException rpc ? rpc.Status : new Status(CodeOf(exception), $"{summary} {GrpcProtocol.Describe(exception)}", exception);

    /// <summary>The entries of a header collection, without those of HTTP/2 and gRPC themselves.</summary>
    /// <exception cref="FormatException">A binary entry is not base64.</exception>
    public static Metadata ReadMetadata(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (name is ['g' or 'G' or 'c' or 'C' or ':', ..] && IsProtocolHeader(name))
            {
                continue;
            }

            foreach (var value in values)
            {
                if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
                {
                    metadata.Add(name, value);
                    continue;
                }

                // Repeated binary entries may arrive joined by commas, which base64 does not contain.
                foreach (var part in value.Split(','))
                {
                    metadata.Add(name, BinaryHeader.Decode(part.Trim()));
                }
            }
        }

        return metadata;
    }

    public static string? GetFirst(HttpHeaders headers, string name)
    {
        if (headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }

    private static bool TryRead(HttpHeaders headers, [NotNullWhen(true)] out Status? status)
    {
        status = null;
        if (GetFirst(headers, GrpcProtocol.StatusTrailer) is not { } code)
        {
            return false;
        }

        var detail = GetFirst(headers, GrpcProtocol.MessageTrailer) is { } message ? PercentEncoding.Decode(message) : string.Empty;
        status = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new Status(Enum.IsDefined((StatusCode)value) ? (StatusCode)value : StatusCode.Unknown, detail)
            : new Status(StatusCode.Unknown, $"Unexpected grpc-status value: {code}");
        return true;
    }

    private static bool IsProtocolHeader(string name) =>
        name[0] == ':'
        || name.Equals(GrpcProtocol.StatusTrailer, StringComparison.OrdinalIgnoreCase)
        || name.Equals(GrpcProtocol.MessageTrailer, StringComparison.OrdinalIgnoreCase)
        || name.Equals(GrpcProtocol.EncodingHeader, StringComparison.OrdinalIgnoreCase)
        || name.Equals(GrpcProtocol.AcceptEncodingHeader, StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-type", StringComparison.OrdinalIgnoreCase);

    /// <summary>grpc/grpc, doc/http-grpc-status-mapping.md.</summary>
    private static StatusCode FromHttpStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.RequestHeaderFieldsTooLarge => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            StatusCode.Unavailable,
        >= HttpStatusCode.Continue and < HttpStatusCode.OK => StatusCode.Internal,
        _ => StatusCode.Unknown,
    };

    private static StatusCode CodeOf(Exception exception)
    {
        StatusCode? code = null;
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is HttpProtocolException protocol)
            {
                return FromHttp2Error(protocol.ErrorCode);
            }

            // No connection, or one that broke: the call may succeed against a restarted server.
            if (current is SocketException or IOException)
            {
                code = StatusCode.Unavailable;
            }
        }

        return code ?? StatusCode.Internal;
    }

    /// <summary>grpc/grpc, doc/PROTOCOL-HTTP2.md, "Errors".</summary>
    private static StatusCode FromHttp2Error(long errorCode) => errorCode switch
    {
        0x0 => StatusCode.Unavailable, // NO_ERROR: the server says goodbye in the middle of a call, as in a shutdown
        0x7 => StatusCode.Unavailable, // REFUSED_STREAM
        0x8 => StatusCode.Cancelled, // CANCEL
        0xb => StatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xc => StatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => StatusCode.Internal,
    };
}
