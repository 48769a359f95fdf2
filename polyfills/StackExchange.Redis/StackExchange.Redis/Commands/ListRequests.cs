namespace StackExchange.Redis;

/// <summary>Lists: values in an order.</summary>
internal static class ListRequests
{
    public static Request<long> ListLeftPush(RedisKey key, RedisValue value, When when)
        => Push("LPUSH", key, [value], when);

    public static Request<long> ListLeftPush(RedisKey key, RedisValue[] values, When when)
        => Push("LPUSH", key, values, when);

    public static Request<long> ListRightPush(RedisKey key, RedisValue value, When when)
        => Push("RPUSH", key, [value], when);

    public static Request<long> ListRightPush(RedisKey key, RedisValue[] values, When when)
        => Push("RPUSH", key, values, when);

    public static Request<RedisValue> ListLeftPop(RedisKey key)
        => new(Replies.Value, "LPOP", key.Required());

    public static Request<RedisValue> ListRightPop(RedisKey key)
        => new(Replies.Value, "RPOP", key.Required());

    public static Request<RedisValue[]> ListRange(RedisKey key, long start, long stop)
        => new(Replies.Values, "LRANGE", key.Required(), start, stop);

    public static Request<RedisValue> ListGetByIndex(RedisKey key, long index)
        => new(Replies.Value, "LINDEX", key.Required(), index);

    public static Request<bool> ListSetByIndex(RedisKey key, long index, RedisValue value)
        => new(Replies.Accepted, "LSET", key.Required(), index, value);

    public static Request<long> ListLength(RedisKey key)
        => new(Replies.Integer, "LLEN", key.Required());

    public static Request<long> ListRemove(RedisKey key, RedisValue value, long count)
        => new(Replies.Integer, "LREM", key.Required(), count, value);

    public static Request<bool> ListTrim(RedisKey key, long start, long stop)
        => new(Replies.Accepted, "LTRIM", key.Required(), start, stop);

    private static Request<long> Push(string command, RedisKey key, RedisValue[] values, When when) => when switch
    {
        _ when values.Length == 0 => ListLength(key),
        When.Always => new(Replies.Integer, command, Arguments.Of(key, values)),
        When.Exists => new(Replies.Integer, command + "X", Arguments.Of(key, values)),
        _ => throw new ArgumentException($"{when} is not valid in this context; the permitted values are: Always, Exists", nameof(when)),
    };
}
