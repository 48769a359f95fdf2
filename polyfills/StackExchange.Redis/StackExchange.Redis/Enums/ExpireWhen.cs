namespace StackExchange.Redis;

/// <summary>In which state of a key its expiry is changed.</summary>
public enum ExpireWhen
{
    /// <summary>Whatever there is.</summary>
    Always = 0,

    /// <summary>Only if the new expiry is later than the present one.</summary>
    GreaterThanCurrentExpiry = 1,

    /// <summary>Only if the key has an expiry.</summary>
    HasExpiry = 2,

    /// <summary>Only if the key has none.</summary>
    HasNoExpiry = 3,

    /// <summary>Only if the new expiry is earlier than the present one.</summary>
    LessThanCurrentExpiry = 4,
}
