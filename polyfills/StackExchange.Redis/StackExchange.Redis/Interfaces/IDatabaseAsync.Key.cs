namespace StackExchange.Redis;

/// <content>Keys of any type.</content>
public partial interface IDatabaseAsync
{
    /// <inheritdoc cref="IDatabase.KeyDelete(RedisKey, CommandFlags)"/>
    Task<bool> KeyDeleteAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyDelete(RedisKey[], CommandFlags)"/>
    Task<long> KeyDeleteAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyExists(RedisKey, CommandFlags)"/>
    Task<bool> KeyExistsAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyExists(RedisKey[], CommandFlags)"/>
    Task<long> KeyExistsAsync(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyExpire(RedisKey, TimeSpan?, CommandFlags)"/>
    Task<bool> KeyExpireAsync(RedisKey key, TimeSpan? expiry, CommandFlags flags);

    /// <inheritdoc cref="IDatabase.KeyExpire(RedisKey, TimeSpan?, ExpireWhen, CommandFlags)"/>
    Task<bool> KeyExpireAsync(RedisKey key, TimeSpan? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyExpire(RedisKey, DateTime?, CommandFlags)"/>
    Task<bool> KeyExpireAsync(RedisKey key, DateTime? expiry, CommandFlags flags);

    /// <inheritdoc cref="IDatabase.KeyExpire(RedisKey, DateTime?, ExpireWhen, CommandFlags)"/>
    Task<bool> KeyExpireAsync(RedisKey key, DateTime? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyPersist(RedisKey, CommandFlags)"/>
    Task<bool> KeyPersistAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyTimeToLive(RedisKey, CommandFlags)"/>
    Task<TimeSpan?> KeyTimeToLiveAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyType(RedisKey, CommandFlags)"/>
    Task<RedisType> KeyTypeAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.KeyRename(RedisKey, RedisKey, When, CommandFlags)"/>
    Task<bool> KeyRenameAsync(RedisKey key, RedisKey newKey, When when = When.Always, CommandFlags flags = CommandFlags.None);
}
