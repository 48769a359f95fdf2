namespace StackExchange.Redis;

/// <summary>Hashes: fields with values.</summary>
internal static class HashRequests
{
    public static Request<RedisValue> HashGet(RedisKey key, RedisValue hashField)
        => new(Replies.Value, "HGET", key.Required(), hashField);

    public static Request<RedisValue[]> HashGet(RedisKey key, RedisValue[] hashFields)
        => hashFields.Length == 0 ? (RedisValue[])[] : new Request<RedisValue[]>(Replies.Values, "HMGET", Arguments.Of(key, hashFields));

    public static Request<Lease<byte>?> HashGetLease(RedisKey key, RedisValue hashField)
        => new(Replies.Lease, "HGET", key.Required(), hashField);

    public static Request<HashEntry[]> HashGetAll(RedisKey key)
        => new(Replies.HashEntries, "HGETALL", key.Required());

    public static Request<RedisValue[]> HashKeys(RedisKey key)
        => new(Replies.Values, "HKEYS", key.Required());

    public static Request<RedisValue[]> HashValues(RedisKey key)
        => new(Replies.Values, "HVALS", key.Required());

    public static Request<bool> HashDelete(RedisKey key, RedisValue hashField)
        => new(Replies.Done, "HDEL", key.Required(), hashField);

    public static Request<long> HashDelete(RedisKey key, RedisValue[] hashFields)
        => hashFields.Length == 0 ? 0 : new Request<long>(Replies.Integer, "HDEL", Arguments.Of(key, hashFields));

    public static Request<bool> HashExists(RedisKey key, RedisValue hashField)
        => new(Replies.Done, "HEXISTS", key.Required(), hashField);

    public static Request<long> HashLength(RedisKey key)
        => new(Replies.Integer, "HLEN", key.Required());

    public static Request<long> HashIncrement(RedisKey key, RedisValue hashField, long value)
        => new(Replies.Integer, "HINCRBY", key.Required(), hashField, value);

    public static Request<double> HashIncrement(RedisKey key, RedisValue hashField, double value)
        => new(Replies.Double, "HINCRBYFLOAT", key.Required(), hashField, value);

    public static Request<bool> HashSet(RedisKey key, RedisValue hashField, RedisValue value, When when)
    {
        if (value.IsNull)
        {
            return HashDelete(key, hashField);
        }

        return when switch
        {
            When.Always => new(Replies.Done, "HSET", key.Required(), hashField, value),
            When.NotExists => new(Replies.Done, "HSETNX", key.Required(), hashField, value),
            _ => throw new ArgumentException($"{when} is not valid in this context; the permitted values are: Always, NotExists", nameof(when)),
        };
    }

    public static Request<bool> HashSet(RedisKey key, HashEntry[] hashFields)
        => hashFields.Length == 0
            ? true
            : new Request<bool>(Replies.Accepted, "HSET", [key.Required(), .. hashFields.SelectMany<HashEntry, RedisValue>(static field => [field.Name, field.Value])]);
}
