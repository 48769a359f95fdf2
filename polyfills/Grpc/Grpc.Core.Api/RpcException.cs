namespace Grpc.Core;

/// <summary>A call that ended with a status other than <see cref="StatusCode.OK"/>. Thrown by a handler, it becomes the call's status.</summary>
public class RpcException : Exception
{
    /// <summary>Creates an exception without trailers whose message is the status.</summary>
    /// <param name="status">The status of the call.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>Creates an exception without trailers.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="message">The exception message; it does not travel.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Creates an exception whose message is the status.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="trailers">Response trailers; a handler's travel to the client.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="trailers">Response trailers; a handler's travel to the client.</param>
    /// <param name="message">The exception message; it does not travel.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The status of the call.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The response trailers, empty when there are none.</summary>
    public Metadata Trailers { get; }
}
