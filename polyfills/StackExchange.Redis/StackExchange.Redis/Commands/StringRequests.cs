namespace StackExchange.Redis;

/// <summary>Strings: values without structure.</summary>
internal static class StringRequests
{
    public static Request<RedisValue> StringGet(RedisKey key)
        => new(Replies.Value, "GET", key.Required());

    public static Request<RedisValue[]> StringGet(RedisKey[] keys)
        => keys.Length == 0 ? (RedisValue[])[] : new Request<RedisValue[]>(Replies.Values, "MGET", Arguments.Of(keys));

    public static Request<Lease<byte>?> StringGetLease(RedisKey key)
        => new(Replies.Lease, "GET", key.Required());

    public static Request<RedisValue> StringGetRange(RedisKey key, long start, long end)
        => new(Replies.Value, "GETRANGE", key.Required(), start, end);

    public static Request<RedisValue> StringGetSet(RedisKey key, RedisValue value)
        => new(Replies.Value, "GETSET", key.Required(), value);

    public static Request<RedisValue> StringGetDelete(RedisKey key)
        => new(Replies.Value, "GETDEL", key.Required());

    public static Request<long> StringIncrement(RedisKey key, long value)
        => value == 1 ? new Request<long>(Replies.Integer, "INCR", key.Required()) : new Request<long>(Replies.Integer, "INCRBY", key.Required(), value);

    public static Request<double> StringIncrement(RedisKey key, double value)
        => new(Replies.Double, "INCRBYFLOAT", key.Required(), value);

    public static Request<long> StringLength(RedisKey key)
        => new(Replies.Integer, "STRLEN", key.Required());

    public static Request<long> StringAppend(RedisKey key, RedisValue value)
        => new(Replies.Integer, "APPEND", key.Required(), value);

    public static Request<RedisValue> StringSetRange(RedisKey key, long offset, RedisValue value)
        => new(Replies.Value, "SETRANGE", key.Required(), offset, value);

    public static Request<bool> StringSet(RedisKey key, RedisValue value, Expiration expiry, ValueCondition when)
        => value.IsNull
            ? KeyRequests.KeyDelete(key)
            : new Request<bool>(Replies.Done, "SET", [key.Required(), value, .. expiry.Arguments(), .. Condition(when.When)]);

    public static Request<bool> StringSet(KeyValuePair<RedisKey, RedisValue>[] values, When when, Expiration expiry)
    {
        if (values.Length == 0)
        {
            return false;
        }

        if (when != When.Exists && expiry.Equals(Expiration.Default))
        {
            return new(Replies.Done, when == When.Always ? "MSET" : "MSETNX", Arguments.Of(values));
        }

        return new(Replies.Done, "MSETEX", [values.Length, .. Arguments.Of(values), .. Condition(when), .. expiry.Arguments()]);
    }

    public static Request<RedisValue> StringSetAndGet(RedisKey key, RedisValue value, TimeSpan? expiry, bool keepTtl, When when)
        => value.IsNull
            ? StringGetDelete(key)
            : new Request<RedisValue>(Replies.Value, "SET", [key.Required(), value, .. Expiration.From(expiry, keepTtl).Arguments(), .. Condition(when), "GET"]);

    private static RedisValue[] Condition(When when) => when switch
    {
        When.Exists => ["XX"],
        When.NotExists => ["NX"],
        _ => [],
    };
}
