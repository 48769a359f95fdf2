namespace StackExchange.Redis;

/// <content>Hashes: fields with values.</content>
internal abstract partial class DatabaseBase
{
    public Task<RedisValue> HashGetAsync(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashGet(key, hashField), flags);

    public Task<RedisValue[]> HashGetAsync(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashGet(key, hashFields), flags);

    public Task<Lease<byte>?> HashGetLeaseAsync(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashGetLease(key, hashField), flags);

    public Task<HashEntry[]> HashGetAllAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashGetAll(key), flags);

    public Task<RedisValue[]> HashKeysAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashKeys(key), flags);

    public Task<RedisValue[]> HashValuesAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashValues(key), flags);

    public Task<bool> HashSetAsync(RedisKey key, RedisValue hashField, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashSet(key, hashField, value, when), flags);

    public Task HashSetAsync(RedisKey key, HashEntry[] hashFields, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashSet(key, hashFields), flags);

    public Task<bool> HashDeleteAsync(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashDelete(key, hashField), flags);

    public Task<long> HashDeleteAsync(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashDelete(key, hashFields), flags);

    public Task<bool> HashExistsAsync(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashExists(key, hashField), flags);

    public Task<long> HashLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashLength(key), flags);

    public Task<long> HashIncrementAsync(RedisKey key, RedisValue hashField, long value = 1, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashIncrement(key, hashField, value), flags);

    public Task<double> HashIncrementAsync(RedisKey key, RedisValue hashField, double value, CommandFlags flags = CommandFlags.None)
        => SendAsync(HashRequests.HashIncrement(key, hashField, value), flags);
}
