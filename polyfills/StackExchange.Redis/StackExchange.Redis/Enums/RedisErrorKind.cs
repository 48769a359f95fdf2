using System.Diagnostics.CodeAnalysis;

namespace StackExchange.Redis;

/// <summary>The kind of an error, read from the code that a server's error message begins with.</summary>
[Experimental("SER007")]
public enum RedisErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>An error whose code is not known here.</summary>
    Unknown,

    /// <summary><c>ERR</c>, with no further code.</summary>
    UnknownError,

    /// <summary>The connection failed; not sent by a server.</summary>
    ConnectionFault,

    /// <summary>No reply came in time; not sent by a server.</summary>
    Timeout,

    /// <summary><c>LOADING</c>: the server still reads its data.</summary>
    Loading,

    /// <summary><c>CLUSTERDOWN</c></summary>
    ClusterDown,

    /// <summary><c>MASTERDOWN</c></summary>
    MasterDown,

    /// <summary><c>TRYAGAIN</c></summary>
    TryAgain,

    /// <summary><c>NOREPLICAS</c></summary>
    NoReplicas,

    /// <summary><c>MISCONF</c>: the server cannot write its data to disk and refuses changes.</summary>
    Misconfigured,

    /// <summary><c>OOM</c>: <c>maxmemory</c> is reached.</summary>
    OutOfMemory,

    /// <summary><c>BUSY</c>: a script runs.</summary>
    Busy,

    /// <summary>Too many connections.</summary>
    MaxClients,

    /// <summary><c>MOVED</c></summary>
    Moved,

    /// <summary><c>ASK</c></summary>
    Ask,

    /// <summary><c>CROSSSLOT</c></summary>
    CrossSlot,

    /// <summary><c>NOAUTH</c>: a password is needed.</summary>
    NoAuth,

    /// <summary><c>WRONGPASS</c>: user or password are wrong.</summary>
    WrongPass,

    /// <summary><c>NOPERM</c>: the user may not do that.</summary>
    NoPermission,

    /// <summary><c>ERR operation not permitted</c></summary>
    NotPermitted,

    /// <summary><c>ERR unknown command</c></summary>
    UnknownCommand,

    /// <summary><c>WRONGTYPE</c>: the key holds another type.</summary>
    WrongType,

    /// <summary><c>EXECABORT</c>: a command of the transaction was refused.</summary>
    ExecAbort,

    /// <summary><c>READONLY</c>: a replica was asked to write.</summary>
    ReadOnly,

    /// <summary><c>NOSCRIPT</c>: the server does not know the hash.</summary>
    NoScript,

    /// <summary>A cluster named a node that is not known.</summary>
    UnknownRedirectTarget,
}
