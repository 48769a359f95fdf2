using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>How using a stream fails whose call has ended.</summary>
internal static class StreamErrors
{
    /// <summary>
    /// Whether an exception says that the call is over: by its status, by the client's own refusal to write, or, where a write finds the connection
    /// gone before the call has noticed, by the transport's exception, which the client lets through.
    /// </summary>
    public static bool EndsCall(Exception exception) =>
        exception is RpcException or InvalidOperationException or OperationCanceledException or IOException or HttpRequestException;
}
