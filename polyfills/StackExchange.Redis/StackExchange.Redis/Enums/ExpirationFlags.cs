namespace StackExchange.Redis;

/// <summary>Further conditions on an expiry.</summary>
[Flags]
public enum ExpirationFlags
{
    /// <summary>No condition.</summary>
    None = 0,

    /// <summary>Set the expiry only if there is none.</summary>
    ExpireIfNotExists = 1 << 0,
}
