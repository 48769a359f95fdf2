using System.Net;

namespace StackExchange.Redis;

/// <summary>A connection was lost, could not be made, or is back.</summary>
public class ConnectionFailedEventArgs : EventArgs
{
    private readonly string _name;

    /// <summary>As tests need it.</summary>
    /// <param name="sender">The multiplexer.</param>
    /// <param name="endPoint">The server.</param>
    /// <param name="connectionType">What the connection is for.</param>
    /// <param name="failureType">Why it was lost.</param>
    /// <param name="exception">The cause.</param>
    /// <param name="physicalName">The name of the connection.</param>
    public ConnectionFailedEventArgs(
        object sender,
        EndPoint endPoint,
        ConnectionType connectionType,
        ConnectionFailureType failureType,
        Exception exception,
        string physicalName)
    {
        ArgumentNullException.ThrowIfNull(sender);
        EndPoint = endPoint;
        ConnectionType = connectionType;
        FailureType = failureType;
        Exception = exception;
        _name = physicalName;
    }

    /// <summary>What the connection is for.</summary>
    public ConnectionType ConnectionType { get; }

    /// <summary>The server.</summary>
    public EndPoint? EndPoint { get; }

    /// <summary>The cause; null when the connection is back.</summary>
    public Exception? Exception { get; }

    /// <summary>Why it was lost; <see cref="ConnectionFailureType.None"/> when it is back.</summary>
    public ConnectionFailureType FailureType { get; }

    /// <summary>The name of the connection.</summary>
    public override string ToString() => _name;
}
