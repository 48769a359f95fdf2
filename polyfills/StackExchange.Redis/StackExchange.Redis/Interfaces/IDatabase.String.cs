namespace StackExchange.Redis;

/// <content>Strings: values without structure.</content>
public partial interface IDatabase
{
    /// <summary>Reads a value; null where there is no key.</summary>
    RedisValue StringGet(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads several values in one command (MGET), in the order of the keys; null where there is no key.</summary>
    RedisValue[] StringGet(RedisKey[] keys, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads a value into borrowed memory, which the caller gives back by disposing the lease; null where there is no key.</summary>
    Lease<byte>? StringGetLease(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads the bytes from one offset to another, both included; negative offsets count from the end. Empty where there is no key.</summary>
    RedisValue StringGetRange(RedisKey key, long start, long end, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes a value and gives the one before; null where there was none.</summary>
    RedisValue StringGetSet(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads a value and deletes its key; null where there is no key.</summary>
    RedisValue StringGetDelete(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes a value. False if the condition did not hold.</summary>
    bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry, When when);

    /// <summary>Writes a value. False if the condition did not hold.</summary>
    bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry, When when, CommandFlags flags);

    /// <summary>Writes a value; <c>keepTtl</c> leaves the expiry of the key as it is. False if the condition did not hold.</summary>
    bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry, bool keepTtl, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes a value; null deletes the key. False if the condition did not hold.</summary>
    bool StringSet(RedisKey key, RedisValue value, Expiration expiry = default, ValueCondition when = default, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes several values in one command (MSET, MSETNX): all or none.</summary>
    bool StringSet(KeyValuePair<RedisKey, RedisValue>[] values, When when, CommandFlags flags);

    /// <summary>Writes several values in one command: all or none. With an expiry, or the condition that all exist, it needs a server with MSETEX (Redis 8.4).</summary>
    bool StringSet(KeyValuePair<RedisKey, RedisValue>[] values, When when = When.Always, Expiration expiry = default, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes a value and gives the one before; null where there was none.</summary>
    RedisValue StringSetAndGet(
        RedisKey key, RedisValue value, TimeSpan? expiry = null, bool keepTtl = false, When when = When.Always,
        CommandFlags flags = CommandFlags.None);

    /// <summary>Adds to an integer, 0 where there is none, and gives the sum.</summary>
    long StringIncrement(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds to a number, 0 where there is none, and gives the sum.</summary>
    double StringIncrement(RedisKey key, double value, CommandFlags flags = CommandFlags.None);

    /// <summary>Subtracts from an integer, 0 where there is none, and gives the difference.</summary>
    long StringDecrement(RedisKey key, long value = 1, CommandFlags flags = CommandFlags.None);

    /// <summary>Subtracts from a number, 0 where there is none, and gives the difference.</summary>
    double StringDecrement(RedisKey key, double value, CommandFlags flags = CommandFlags.None);

    /// <summary>The length of a value in bytes; 0 where there is no key.</summary>
    long StringLength(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes bytes behind a value and gives its new length in bytes.</summary>
    long StringAppend(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes bytes at an offset, zeros before it where the value is shorter, and gives its new length in bytes.</summary>
    RedisValue StringSetRange(RedisKey key, long offset, RedisValue value, CommandFlags flags = CommandFlags.None);
}
