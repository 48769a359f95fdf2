namespace StackExchange.Redis;

/// <content>Strings: values without structure.</content>
internal sealed partial class RedisDatabase
{
    public RedisValue StringGet(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringGet(key), flags);

    public RedisValue[] StringGet(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringGet(keys), flags);

    public Lease<byte>? StringGetLease(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringGetLease(key), flags);

    public RedisValue StringGetRange(RedisKey key, long start, long end, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringGetRange(key, start, end), flags);

    public RedisValue StringGetSet(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringGetSet(key, value), flags);

    public RedisValue StringGetDelete(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringGetDelete(key), flags);

    public bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry, When when)
        => Send(StringRequests.StringSet(key, value, Expiration.From(expiry, keepTtl: false), when), CommandFlags.None);

    public bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry, When when, CommandFlags flags)
        => Send(StringRequests.StringSet(key, value, Expiration.From(expiry, keepTtl: false), when), flags);

    public bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry, bool keepTtl, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringSet(key, value, Expiration.From(expiry, keepTtl), when), flags);

    public bool StringSet(RedisKey key, RedisValue value, Expiration expiry = default, ValueCondition when = default, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringSet(key, value, expiry, when), flags);

    public bool StringSet(KeyValuePair<RedisKey, RedisValue>[] values, When when, CommandFlags flags)
        => Send(StringRequests.StringSet(values, when, default), flags);

    public bool StringSet(
        KeyValuePair<RedisKey, RedisValue>[] values, When when = When.Always, Expiration expiry = default, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringSet(values, when, expiry), flags);

    public RedisValue StringSetAndGet(
        RedisKey key, RedisValue value, TimeSpan? expiry = null, bool keepTtl = false, When when = When.Always,
        CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringSetAndGet(key, value, expiry, keepTtl, when), flags);

    public long StringIncrement(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringIncrement(key, value), flags);

    public double StringIncrement(RedisKey key, double value, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringIncrement(key, value), flags);

    public long StringDecrement(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringIncrement(key, -value), flags);

    public double StringDecrement(RedisKey key, double value, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringIncrement(key, -value), flags);

    public long StringLength(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringLength(key), flags);

    public long StringAppend(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringAppend(key, value), flags);

    public RedisValue StringSetRange(RedisKey key, long offset, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringSetRange(key, offset, value), flags);
}
