namespace StackExchange.Redis;

/// <content>Lists: values in an order.</content>
public partial interface IDatabaseAsync
{
    /// <inheritdoc cref="IDatabase.ListLeftPush(RedisKey, RedisValue, When, CommandFlags)"/>
    Task<long> ListLeftPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListLeftPush(RedisKey, RedisValue[], CommandFlags)"/>
    Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags);

    /// <inheritdoc cref="IDatabase.ListLeftPush(RedisKey, RedisValue[], When, CommandFlags)"/>
    Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListRightPush(RedisKey, RedisValue, When, CommandFlags)"/>
    Task<long> ListRightPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListRightPush(RedisKey, RedisValue[], CommandFlags)"/>
    Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags);

    /// <inheritdoc cref="IDatabase.ListRightPush(RedisKey, RedisValue[], When, CommandFlags)"/>
    Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListLeftPop(RedisKey, CommandFlags)"/>
    Task<RedisValue> ListLeftPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListRightPop(RedisKey, CommandFlags)"/>
    Task<RedisValue> ListRightPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListRange(RedisKey, long, long, CommandFlags)"/>
    Task<RedisValue[]> ListRangeAsync(RedisKey key, long start = 0, long stop = -1, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListGetByIndex(RedisKey, long, CommandFlags)"/>
    Task<RedisValue> ListGetByIndexAsync(RedisKey key, long index, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListSetByIndex(RedisKey, long, RedisValue, CommandFlags)"/>
    Task ListSetByIndexAsync(RedisKey key, long index, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListLength(RedisKey, CommandFlags)"/>
    Task<long> ListLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListRemove(RedisKey, RedisValue, long, CommandFlags)"/>
    Task<long> ListRemoveAsync(RedisKey key, RedisValue value, long count = 0, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ListTrim(RedisKey, long, long, CommandFlags)"/>
    Task ListTrimAsync(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None);
}
