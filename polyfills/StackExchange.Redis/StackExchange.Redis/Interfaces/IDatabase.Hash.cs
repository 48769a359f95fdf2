namespace StackExchange.Redis;

/// <content>Hashes: fields with values.</content>
public partial interface IDatabase
{
    /// <summary>Reads a field; null where there is none.</summary>
    RedisValue HashGet(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads fields, in the order given; null where there is none.</summary>
    RedisValue[] HashGet(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads a field into borrowed memory, which the caller gives back by disposing the lease; null where there is none.</summary>
    Lease<byte>? HashGetLease(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None);

    /// <summary>Reads all fields, in no order.</summary>
    HashEntry[] HashGetAll(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>The names of all fields, in no order.</summary>
    RedisValue[] HashKeys(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>The values of all fields, in no order.</summary>
    RedisValue[] HashValues(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes a field; null deletes it. True if it is new.</summary>
    bool HashSet(RedisKey key, RedisValue hashField, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes fields.</summary>
    void HashSet(RedisKey key, HashEntry[] hashFields, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes a field. False if there was none.</summary>
    bool HashDelete(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes fields and gives how many there were.</summary>
    long HashDelete(RedisKey key, RedisValue[] hashFields, CommandFlags flags = CommandFlags.None);

    /// <summary>Whether there is a field.</summary>
    bool HashExists(RedisKey key, RedisValue hashField, CommandFlags flags = CommandFlags.None);

    /// <summary>The number of fields.</summary>
    long HashLength(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds to an integer in a field, 0 where there is none, and gives the sum.</summary>
    long HashIncrement(RedisKey key, RedisValue hashField, long value = 1, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds to a number in a field, 0 where there is none, and gives the sum.</summary>
    double HashIncrement(RedisKey key, RedisValue hashField, double value, CommandFlags flags = CommandFlags.None);
}
