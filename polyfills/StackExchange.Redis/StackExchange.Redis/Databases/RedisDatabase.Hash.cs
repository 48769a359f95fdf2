namespace StackExchange.Redis;

/// <content>Hashes: fields with values.</content>
internal sealed partial class RedisDatabase
{
    public RedisValue HashGet(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashGet(key, hashField), flags);

    public RedisValue[] HashGet(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashGet(key, hashFields), flags);

    public Lease<byte>? HashGetLease(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashGetLease(key, hashField), flags);

    public HashEntry[] HashGetAll(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashGetAll(key), flags);

    public RedisValue[] HashKeys(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashKeys(key), flags);

    public RedisValue[] HashValues(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashValues(key), flags);

    public bool HashSet(RedisKey key, RedisValue hashField, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashSet(key, hashField, value, when), flags);

    public void HashSet(RedisKey key, HashEntry[] hashFields, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashSet(key, hashFields), flags);

    public bool HashDelete(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashDelete(key, hashField), flags);

    public long HashDelete(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashDelete(key, hashFields), flags);

    public bool HashExists(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashExists(key, hashField), flags);

    public long HashLength(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashLength(key), flags);

    public long HashIncrement(RedisKey key, RedisValue hashField, long value = 1, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashIncrement(key, hashField, value), flags);

    public double HashIncrement(RedisKey key, RedisValue hashField, double value, CommandFlags flags = CommandFlags.None)
        => Send(HashRequests.HashIncrement(key, hashField, value), flags);
}
