namespace StackExchange.Redis;

/// <summary>The version of RESP.</summary>
public enum RedisProtocol
{
    /// <summary>RESP2: Redis 1.2 and later.</summary>
    Resp2 = 2_00_00,

    /// <summary>RESP3: Redis 6 and later.</summary>
    Resp3 = 3_00_00,
}
