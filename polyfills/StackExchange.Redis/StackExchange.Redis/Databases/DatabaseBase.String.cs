namespace StackExchange.Redis;

/// <content>Strings: values without structure.</content>
internal abstract partial class DatabaseBase
{
    public Task<RedisValue> StringGetAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringGet(key), flags);

    public Task<RedisValue[]> StringGetAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringGet(keys), flags);

    public Task<Lease<byte>?> StringGetLeaseAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringGetLease(key), flags);

    public Task<RedisValue> StringGetRangeAsync(RedisKey key, long start, long end, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringGetRange(key, start, end), flags);

    public Task<RedisValue> StringGetSetAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringGetSet(key, value), flags);

    public Task<RedisValue> StringGetDeleteAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringGetDelete(key), flags);

    public Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry, When when)
        => SendAsync(StringRequests.StringSet(key, value, Expiration.From(expiry, keepTtl: false), when), CommandFlags.None);

    public Task<bool> StringSetAsync(RedisKey key, RedisValue value, TimeSpan? expiry, When when, CommandFlags flags)
        => SendAsync(StringRequests.StringSet(key, value, Expiration.From(expiry, keepTtl: false), when), flags);

    public Task<bool> StringSetAsync(
        RedisKey key, RedisValue value, TimeSpan? expiry, bool keepTtl, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringSet(key, value, Expiration.From(expiry, keepTtl), when), flags);

    public Task<bool> StringSetAsync(
        RedisKey key, RedisValue value, Expiration expiry = default, ValueCondition when = default, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringSet(key, value, expiry, when), flags);

    public Task<bool> StringSetAsync(KeyValuePair<RedisKey, RedisValue>[] values, When when, CommandFlags flags)
        => SendAsync(StringRequests.StringSet(values, when, default), flags);

    public Task<bool> StringSetAsync(
        KeyValuePair<RedisKey, RedisValue>[] values, When when = When.Always, Expiration expiry = default, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringSet(values, when, expiry), flags);

    public Task<RedisValue> StringSetAndGetAsync(
        RedisKey key, RedisValue value, TimeSpan? expiry = null, bool keepTtl = false, When when = When.Always,
        CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringSetAndGet(key, value, expiry, keepTtl, when), flags);

    public Task<long> StringIncrementAsync(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringIncrement(key, value), flags);

    public Task<double> StringIncrementAsync(RedisKey key, double value, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringIncrement(key, value), flags);

    public Task<long> StringDecrementAsync(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringIncrement(key, -value), flags);

    public Task<double> StringDecrementAsync(RedisKey key, double value, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringIncrement(key, -value), flags);

    public Task<long> StringLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringLength(key), flags);

    public Task<long> StringAppendAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringAppend(key, value), flags);

    public Task<RedisValue> StringSetRangeAsync(RedisKey key, long offset, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringSetRange(key, offset, value), flags);
}
