using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>A call to another service failed; the message is one line that names the service and says why.</summary>
public sealed class ServiceCallException : Exception
{
    /// <summary>Wraps the error of a call.</summary>
    /// <param name="service">The service, as people know it, for example "EnvService".</param>
    /// <param name="inner">The call's error.</param>
    public ServiceCallException(string service, RpcException inner)
        : base(Describe(service, inner.Status), inner) => StatusCode = inner.StatusCode;

    /// <summary>The stream ended where an answer was due.</summary>
    /// <param name="service">The service, as people know it.</param>
    public ServiceCallException(string service)
        : base($"{service} ended the stream before its answer.") => StatusCode = StatusCode.Unavailable;

    /// <summary>The call's status.</summary>
    public StatusCode StatusCode { get; }

    private static string Describe(string service, Status status) => status.StatusCode == StatusCode.Unavailable
        ? $"{service} cannot be reached or went away ({status.Detail})."
        : $"{service} answered {status.StatusCode}: {status.Detail}";
}
