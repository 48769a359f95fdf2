namespace StackExchange.Redis;

/// <content>Keys of any type.</content>
internal abstract partial class DatabaseBase
{
    public Task<bool> KeyDeleteAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyDelete(key), flags);

    public Task<long> KeyDeleteAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyDelete(keys), flags);

    public Task<bool> KeyExistsAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyExists(key), flags);

    public Task<long> KeyExistsAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyExists(keys), flags);

    public Task<bool> KeyExpireAsync(RedisKey key, TimeSpan? expiry, CommandFlags flags)
        => SendAsync(KeyRequests.KeyExpire(key, expiry, ExpireWhen.Always), flags);

    public Task<bool> KeyExpireAsync(RedisKey key, TimeSpan? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyExpire(key, expiry, when), flags);

    public Task<bool> KeyExpireAsync(RedisKey key, DateTime? expiry, CommandFlags flags)
        => SendAsync(KeyRequests.KeyExpire(key, expiry, ExpireWhen.Always), flags);

    public Task<bool> KeyExpireAsync(RedisKey key, DateTime? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyExpire(key, expiry, when), flags);

    public Task<bool> KeyPersistAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyPersist(key), flags);

    public Task<TimeSpan?> KeyTimeToLiveAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyTimeToLive(key), flags);

    public Task<RedisType> KeyTypeAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyType(key), flags);

    public Task<bool> KeyRenameAsync(RedisKey key, RedisKey newKey, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(KeyRequests.KeyRename(key, newKey, when), flags);
}
