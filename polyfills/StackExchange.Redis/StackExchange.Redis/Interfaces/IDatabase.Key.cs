namespace StackExchange.Redis;

/// <content>Keys of any type.</content>
public partial interface IDatabase
{
    /// <summary>Deletes a key. False if there was none.</summary>
    bool KeyDelete(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes keys and gives how many there were.</summary>
    long KeyDelete(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    /// <summary>Whether there is a key.</summary>
    bool KeyExists(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>How many of the keys there are; one that is named twice counts twice.</summary>
    long KeyExists(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    /// <summary>Sets the time to live of a key; null removes it. False if nothing was changed.</summary>
    bool KeyExpire(RedisKey key, TimeSpan? expiry, CommandFlags flags);

    /// <summary>Sets the time to live of a key; null removes it. False if nothing was changed.</summary>
    bool KeyExpire(RedisKey key, TimeSpan? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Sets when a key expires; null removes the expiry. False if nothing was changed.</summary>
    bool KeyExpire(RedisKey key, DateTime? expiry, CommandFlags flags);

    /// <summary>Sets when a key expires; null removes the expiry. False if nothing was changed.</summary>
    bool KeyExpire(RedisKey key, DateTime? expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Removes the expiry of a key. False if there was none.</summary>
    bool KeyPersist(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>The time that a key has to live, in milliseconds' precision; null without a key or an expiry.</summary>
    TimeSpan? KeyTimeToLive(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>The type of the value that a key holds.</summary>
    RedisType KeyType(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Gives a key another name, <see cref="When.NotExists"/> only where that is free. An error if there is no key.</summary>
    bool KeyRename(RedisKey key, RedisKey newKey, When when = When.Always, CommandFlags flags = CommandFlags.None);
}
