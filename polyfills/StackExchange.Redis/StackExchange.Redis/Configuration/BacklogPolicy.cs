namespace StackExchange.Redis;

/// <summary>What becomes of commands while there is no connection.</summary>
public sealed class BacklogPolicy
{
    /// <summary>They wait for the connection, at most until they time out.</summary>
    public static BacklogPolicy Default { get; } = new() { QueueWhileDisconnected = true };

    /// <summary>They fail at once.</summary>
    public static BacklogPolicy FailFast { get; } = new() { AbortPendingOnConnectionFailure = true };

    /// <summary>Whether commands wait while there is no connection; otherwise they fail at once.</summary>
    public bool QueueWhileDisconnected { get; init; }

    /// <summary>Whether commands that wait to be sent fail when the connection is lost; those already sent always do.</summary>
    public bool AbortPendingOnConnectionFailure { get; init; }
}
