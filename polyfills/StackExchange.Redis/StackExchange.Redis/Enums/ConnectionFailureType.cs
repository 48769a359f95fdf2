namespace StackExchange.Redis;

/// <summary>Why a connection was lost or not made.</summary>
public enum ConnectionFailureType
{
    /// <summary>No failure.</summary>
    None = 0,

    /// <summary>No connection was there to serve the command.</summary>
    UnableToResolvePhysicalConnection = 1,

    /// <summary>The socket reported an error.</summary>
    SocketFailure = 2,

    /// <summary>The server refused the credentials, or TLS could not be agreed on.</summary>
    AuthenticationFailure = 3,

    /// <summary>The server sent what is not RESP.</summary>
    ProtocolFailure = 4,

    /// <summary>An error inside this library.</summary>
    InternalFailure = 5,

    /// <summary>The server closed the connection.</summary>
    SocketClosed = 6,

    /// <summary>This side closed the connection.</summary>
    ConnectionDisposed = 7,

    /// <summary>The server still loads its data.</summary>
    Loading = 8,

    /// <summary>The connection could not be made.</summary>
    UnableToConnect = 9,

    /// <summary>Replies came in another order than expected.</summary>
    ResponseIntegrityFailure = 10,
}
