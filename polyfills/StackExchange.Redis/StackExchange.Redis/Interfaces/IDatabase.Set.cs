namespace StackExchange.Redis;

/// <content>Sets: members without order.</content>
public partial interface IDatabase
{
    /// <summary>Adds a member. False if it was there.</summary>
    bool SetAdd(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds members and gives how many are new.</summary>
    long SetAdd(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None);

    /// <summary>Whether there is a member.</summary>
    bool SetContains(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>The number of members.</summary>
    long SetLength(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>All members, in no order.</summary>
    RedisValue[] SetMembers(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes a member. False if there was none.</summary>
    bool SetRemove(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes members and gives how many there were.</summary>
    long SetRemove(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None);
}
