namespace StackExchange.Redis;

/// <content>Lists: values in an order.</content>
internal abstract partial class DatabaseBase
{
    public Task<long> ListLeftPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListLeftPush(key, value, when), flags);

    public Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags)
        => SendAsync(ListRequests.ListLeftPush(key, values, When.Always), flags);

    public Task<long> ListLeftPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListLeftPush(key, values, when), flags);

    public Task<long> ListRightPushAsync(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListRightPush(key, value, when), flags);

    public Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, CommandFlags flags)
        => SendAsync(ListRequests.ListRightPush(key, values, When.Always), flags);

    public Task<long> ListRightPushAsync(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListRightPush(key, values, when), flags);

    public Task<RedisValue> ListLeftPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListLeftPop(key), flags);

    public Task<RedisValue> ListRightPopAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListRightPop(key), flags);

    public Task<RedisValue[]> ListRangeAsync(RedisKey key, long start = 0, long stop = -1, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListRange(key, start, stop), flags);

    public Task<RedisValue> ListGetByIndexAsync(RedisKey key, long index, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListGetByIndex(key, index), flags);

    public Task ListSetByIndexAsync(RedisKey key, long index, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListSetByIndex(key, index, value), flags);

    public Task<long> ListLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListLength(key), flags);

    public Task<long> ListRemoveAsync(RedisKey key, RedisValue value, long count = 0, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListRemove(key, value, count), flags);

    public Task ListTrimAsync(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None)
        => SendAsync(ListRequests.ListTrim(key, start, stop), flags);
}
