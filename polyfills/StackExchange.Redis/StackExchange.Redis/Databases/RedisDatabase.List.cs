namespace StackExchange.Redis;

/// <content>Lists: values in an order.</content>
internal sealed partial class RedisDatabase
{
    public long ListLeftPush(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListLeftPush(key, value, when), flags);

    public long ListLeftPush(RedisKey key, RedisValue[] values, CommandFlags flags)
        => Send(ListRequests.ListLeftPush(key, values, When.Always), flags);

    public long ListLeftPush(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListLeftPush(key, values, when), flags);

    public long ListRightPush(RedisKey key, RedisValue value, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListRightPush(key, value, when), flags);

    public long ListRightPush(RedisKey key, RedisValue[] values, CommandFlags flags)
        => Send(ListRequests.ListRightPush(key, values, When.Always), flags);

    public long ListRightPush(RedisKey key, RedisValue[] values, When when = When.Always, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListRightPush(key, values, when), flags);

    public RedisValue ListLeftPop(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListLeftPop(key), flags);

    public RedisValue ListRightPop(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListRightPop(key), flags);

    public RedisValue[] ListRange(RedisKey key, long start = 0, long stop = -1, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListRange(key, start, stop), flags);

    public RedisValue ListGetByIndex(RedisKey key, long index, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListGetByIndex(key, index), flags);

    public void ListSetByIndex(RedisKey key, long index, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListSetByIndex(key, index, value), flags);

    public long ListLength(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListLength(key), flags);

    public long ListRemove(RedisKey key, RedisValue value, long count = 0, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListRemove(key, value, count), flags);

    public void ListTrim(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None)
        => Send(ListRequests.ListTrim(key, start, stop), flags);
}
