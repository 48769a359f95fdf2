namespace StackExchange.Redis;

/// <summary>Sets: members without order.</summary>
internal static class SetRequests
{
    public static Request<bool> SetAdd(RedisKey key, RedisValue value)
        => new(Replies.Done, "SADD", key.Required(), value);

    public static Request<long> SetAdd(RedisKey key, RedisValue[] values)
        => values.Length == 0 ? 0 : new Request<long>(Replies.Integer, "SADD", Arguments.Of(key, values));

    public static Request<bool> SetContains(RedisKey key, RedisValue value)
        => new(Replies.Done, "SISMEMBER", key.Required(), value);

    public static Request<long> SetLength(RedisKey key)
        => new(Replies.Integer, "SCARD", key.Required());

    public static Request<RedisValue[]> SetMembers(RedisKey key)
        => new(Replies.Values, "SMEMBERS", key.Required());

    public static Request<bool> SetRemove(RedisKey key, RedisValue value)
        => new(Replies.Done, "SREM", key.Required(), value);

    public static Request<long> SetRemove(RedisKey key, RedisValue[] values)
        => values.Length == 0 ? 0 : new Request<long>(Replies.Integer, "SREM", Arguments.Of(key, values));
}
