namespace Grpc.Core;

/// <summary>Outcome of a call, as numbered by the gRPC protocol (grpc.io, "Status codes and their use in gRPC").</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The operation was cancelled, usually by the caller.</summary>
    Cancelled = 1,

    /// <summary>An error with no better code, such as an exception that a handler let escape.</summary>
    Unknown = 2,

    /// <summary>An argument is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the operation ended; it may still have taken effect.</summary>
    DeadlineExceeded = 4,

    /// <summary>A requested thing does not exist.</summary>
    NotFound = 5,

    /// <summary>A thing to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known but may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a message size limit or another resource is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the operation requires; retrying alone does not help.</summary>
    FailedPrecondition = 9,

    /// <summary>The operation was aborted, for instance because of a conflict with a concurrent one.</summary>
    Aborted = 10,

    /// <summary>A position beyond the valid range, which may become valid when the state changes.</summary>
    OutOfRange = 11,

    /// <summary>The service does not have the method, or does not support it.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the system is broken, including malformed protocol data.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached at the moment; retrying with back-off may succeed.</summary>
    Unavailable = 14,

    /// <summary>Data was lost or corrupted beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller has no valid credentials.</summary>
    Unauthenticated = 16,
}
