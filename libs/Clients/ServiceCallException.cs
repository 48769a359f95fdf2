using System.Net.Sockets;
using DqnAspire.Core;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>A call to another service failed; the message is one line that names the service and says why.</summary>
public sealed class ServiceCallException : PeerException
{
    /// <summary>Wraps the error of a call.</summary>
    /// <param name="service">The service, as people know it, for example "EnvService".</param>
    /// <param name="inner">The call's error.</param>
    public ServiceCallException(string service, RpcException inner)
        : base(service, FailureOf(inner), Describe(service, inner.Status), inner) =>
            StatusCode = inner.StatusCode;

    /// <summary>The stream ended where an answer was due.</summary>
    /// <param name="service">The service, as people know it.</param>
    public ServiceCallException(string service)
        : base(service, PeerFailure.Lost, $"{service} ended the stream before its answer.") =>
            StatusCode = StatusCode.Unavailable;

    /// <summary>The connection was lost before the call had a status.</summary>
    /// <param name="service">The service, as people know it.</param>
    /// <param name="inner">What the transport says.</param>
    public ServiceCallException(string service, Exception inner)
        : base(service, PeerFailure.Lost, $"{service} cannot be reached or went away.", inner) =>
            StatusCode = StatusCode.Unavailable;

    /// <summary>The call's status.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>
    /// Only this says that the service is gone: it cannot be reached, the transport broke, or the stream ended with its
    /// other end. What a service answers otherwise, it answers again.
    /// </summary>
    private static bool IsLost(Status status) => status.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.DeadlineExceeded => true,
        // Made by this side, of a connection that ended between two messages.
        StatusCode.Internal => IsOfTransport(status.DebugException),
        _ => false,
    };

    /// <summary>
    /// Whether a service has no room now and says when to ask again, as gRPC has it for retries: others may leave.
    /// </summary>
    private static bool IsBusy(RpcException error) =>
        error.StatusCode == StatusCode.ResourceExhausted && error.Trailers.Get("grpc-retry-pushback-ms") is not null;

    private static bool IsOfTransport(Exception? exception) =>
        exception is not null
        && (exception is IOException or HttpRequestException or SocketException
            || IsOfTransport(exception.InnerException));

    private static PeerFailure FailureOf(RpcException error) => error.StatusCode switch
    {
        _ when IsLost(error.Status) || IsBusy(error) => PeerFailure.Lost,
        StatusCode.NotFound => PeerFailure.Gone,
        StatusCode.FailedPrecondition or StatusCode.DataLoss => PeerFailure.Missing,
        _ => PeerFailure.Refused,
    };

    /// <summary>
    /// What the transport says of a lost connection is for the log, where the inner exception has it.
    /// </summary>
    private static string Describe(string service, Status status) => status switch
    {
        { StatusCode: StatusCode.Unavailable or StatusCode.Internal, DebugException: not null } when IsLost(status) =>
            $"{service} cannot be reached or went away.",
        { StatusCode: StatusCode.Unavailable } =>
            $"{service} cannot be reached or went away ({OneLine.Of(status.Detail)}).",
        _ => $"{service} answered {status.StatusCode}: {OneLine.Of(status.Detail)}",
    };
}
