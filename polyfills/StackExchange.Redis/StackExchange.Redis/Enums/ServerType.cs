namespace StackExchange.Redis;

/// <summary>What kind of server answers.</summary>
public enum ServerType
{
    /// <summary>A single server.</summary>
    Standalone = 0,

    /// <summary>A sentinel.</summary>
    Sentinel = 1,

    /// <summary>A node of a cluster.</summary>
    Cluster = 2,
}
