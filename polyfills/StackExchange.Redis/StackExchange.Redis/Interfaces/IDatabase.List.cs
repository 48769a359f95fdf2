namespace StackExchange.Redis;

/// <content>Lists: values in an order.</content>
public partial interface IDatabase
{
    /// <summary>Puts a value at the head, <see cref="When.Exists"/> only of an existing list, and gives the new length.</summary>
    long ListLeftPush(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Puts values at the head, the last one foremost, and gives the new length.</summary>
    long ListLeftPush(RedisKey key, RedisValue[] values, CommandFlags flags);

    /// <summary>Puts values at the head, the last one foremost, and gives the new length.</summary>
    long ListLeftPush(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Puts a value at the tail, <see cref="When.Exists"/> only of an existing list, and gives the new length.</summary>
    long ListRightPush(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Puts values at the tail and gives the new length.</summary>
    long ListRightPush(RedisKey key, RedisValue[] values, CommandFlags flags);

    /// <summary>Puts values at the tail and gives the new length.</summary>
    long ListRightPush(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Takes the first value out; null where there is none.</summary>
    RedisValue ListLeftPop(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Takes the last value out; null where there is none.</summary>
    RedisValue ListRightPop(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>The values from one place to another, both included; negative places count from the end.</summary>
    RedisValue[] ListRange(RedisKey key, long start = 0, long stop = -1, CommandFlags flags = CommandFlags.None);

    /// <summary>The value at a place; null where there is none.</summary>
    RedisValue ListGetByIndex(RedisKey key, long index, CommandFlags flags = CommandFlags.None);

    /// <summary>Writes the value at a place. An error if there is no such place.</summary>
    void ListSetByIndex(RedisKey key, long index, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>The number of values.</summary>
    long ListLength(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes values equal to the given one: the first <c>count</c>, the last if it is negative, all if it is 0; gives how many.</summary>
    long ListRemove(RedisKey key, RedisValue value, long count = 0, CommandFlags flags = CommandFlags.None);

    /// <summary>Keeps the values from one place to another, both included, and deletes all others.</summary>
    void ListTrim(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None);
}
