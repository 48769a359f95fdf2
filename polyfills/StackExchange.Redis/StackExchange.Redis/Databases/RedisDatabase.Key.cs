namespace StackExchange.Redis;

/// <content>Keys of any type.</content>
internal sealed partial class RedisDatabase
{
    public bool KeyDelete(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyDelete(key), flags);

    public long KeyDelete(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyDelete(keys), flags);

    public bool KeyExists(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyExists(key), flags);

    public long KeyExists(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyExists(keys), flags);

    public bool KeyExpire(RedisKey key, TimeSpan? expiry, CommandFlags flags)
        => Send(KeyRequests.KeyExpire(key, expiry, ExpireWhen.Always), flags);

    public bool KeyExpire(RedisKey key, TimeSpan? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyExpire(key, expiry, when), flags);

    public bool KeyExpire(RedisKey key, DateTime? expiry, CommandFlags flags)
        => Send(KeyRequests.KeyExpire(key, expiry, ExpireWhen.Always), flags);

    public bool KeyExpire(RedisKey key, DateTime? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyExpire(key, expiry, when), flags);

    public bool KeyPersist(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyPersist(key), flags);

    public TimeSpan? KeyTimeToLive(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyTimeToLive(key), flags);

    public RedisType KeyType(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyType(key), flags);

    public bool KeyRename(RedisKey key, RedisKey newKey, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(KeyRequests.KeyRename(key, newKey, when), flags);
}
