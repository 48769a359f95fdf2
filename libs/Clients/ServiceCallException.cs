using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>A call to another service failed; the message is one line that names the service and says why.</summary>
public sealed class ServiceCallException : Exception
{
    /// <summary>Wraps the error of a call.</summary>
    /// <param name="service">The service, as people know it, for example "EnvService".</param>
    /// <param name="inner">The call's error.</param>
    public ServiceCallException(string service, RpcException inner)
        : base(Describe(service, inner.Status), inner) => (Service, StatusCode) = (service, inner.StatusCode);

    /// <summary>The stream ended where an answer was due.</summary>
    /// <param name="service">The service, as people know it.</param>
    public ServiceCallException(string service)
        : base($"{service} ended the stream before its answer.") =>
        (Service, StatusCode) = (service, StatusCode.Unavailable);

    /// <summary>The connection was lost before the call had a status.</summary>
    /// <param name="service">The service, as people know it.</param>
    /// <param name="inner">What the transport says.</param>
    public ServiceCallException(string service, Exception inner)
        : base($"{service} cannot be reached or went away.", inner) =>
        (Service, StatusCode) = (service, StatusCode.Unavailable);

    /// <summary>The service, as people know it.</summary>
    public string Service { get; }

    /// <summary>The call's status.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>
    /// Whether the service went away in the middle of a call, and may be back soon; otherwise it refused what was
    /// asked.
    /// </summary>
    public bool IsLoss =>
        StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.Internal
        or StatusCode.Unknown or StatusCode.DeadlineExceeded;

    /// <summary>
    /// What the transport says of a lost connection is for the log, where the inner exception has it.
    /// </summary>
    private static string Describe(string service, Status status) => status switch
    {
        { StatusCode: StatusCode.Unavailable or StatusCode.Internal, DebugException: not null } =>
            $"{service} cannot be reached or went away.",
        { StatusCode: StatusCode.Unavailable } => $"{service} cannot be reached or went away ({status.Detail}).",
        _ => $"{service} answered {status.StatusCode}: {status.Detail}",
    };
}
