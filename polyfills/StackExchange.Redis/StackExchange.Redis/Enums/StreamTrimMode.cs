namespace StackExchange.Redis;

/// <summary>What becomes of references to trimmed stream entries.</summary>
public enum StreamTrimMode
{
    /// <summary>They stay in the consumer groups; what every server does.</summary>
    KeepReferences = 0,

    /// <summary>They are deleted too (Redis 8.2).</summary>
    DeleteReferences = 1,

    /// <summary>Only entries that all groups acknowledged are trimmed (Redis 8.2).</summary>
    Acknowledged = 2,
}
