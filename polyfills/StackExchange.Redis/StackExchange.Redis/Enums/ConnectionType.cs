namespace StackExchange.Redis;

/// <summary>What a connection is for.</summary>
public enum ConnectionType
{
    /// <summary>Not about a connection.</summary>
    None = 0,

    /// <summary>Commands and replies.</summary>
    Interactive = 1,

    /// <summary>Published messages.</summary>
    Subscription = 2,
}
