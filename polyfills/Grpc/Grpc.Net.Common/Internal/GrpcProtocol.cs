using Grpc.Core;

namespace Grpc.Net.Internal;

/// <summary>Names and rules of gRPC over HTTP/2 (grpc/grpc, doc/PROTOCOL-HTTP2.md).</summary>
internal static class GrpcProtocol
{
    public const string ContentType = "application/grpc";
    public const string TimeoutHeader = "grpc-timeout";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";
    public const string StatusTrailer = "grpc-status";
    public const string MessageTrailer = "grpc-message";
    public const string CompressionRequestHeader = "grpc-internal-encoding-request";
    public const string IdentityEncoding = "identity";

    /// <summary>Receive limit of one message when none is configured: 4 MiB.</summary>
    public const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary>HTTP/2 error code of a cancelled stream (RFC 9113, section 7).</summary>
    public const int Http2Cancel = 0x8;

    /// <summary>Longest timer that the runtime accepts, in milliseconds.</summary>
    public const long MaxTimerMilliseconds = uint.MaxValue - 1;

    /// <summary>
    /// Timers may fire up to one tick of the system clock early (15.6 ms on Windows); a deadline must not.
    /// </summary>
    private const long TimerGranularityMilliseconds = 14;

    /// <summary>Whether a content type is <c>application/grpc</c>, with or without a message format or parameters.</summary>
    public static bool IsGrpcContentType(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is ';' or '+');

    public static bool IsIdentity(string encoding) => string.Equals(encoding, IdentityEncoding, StringComparison.Ordinal);

    public static bool AllowsCompression(WriteOptions? options) => options is null || !options.Flags.HasFlag(WriteFlags.NoCompress);

    /// <summary>Milliseconds to give a timer so that it fires after <paramref name="remaining"/>, or at the longest a timer can wait.</summary>
    public static long TimerDueTime(TimeSpan remaining) =>
        Math.Clamp((remaining.Ticks / TimeSpan.TicksPerMillisecond) + TimerGranularityMilliseconds, 0, MaxTimerMilliseconds);

    /// <summary>An exception and its causes on one line, for a status detail.</summary>
    public static string Describe(Exception exception)
    {
        var parts = new List<string>();
        for (var current = exception; current is not null; current = current.InnerException)
        {
            parts.Add($"{current.GetType().Name}: {current.Message}");
        }

        return string.Join(' ', parts);
    }
}
