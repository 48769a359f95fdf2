namespace StackExchange.Redis;

/// <content>Sets: members without order.</content>
internal sealed partial class RedisDatabase
{
    public bool SetAdd(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(SetRequests.SetAdd(key, value), flags);

    public long SetAdd(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None)
        => Send(SetRequests.SetAdd(key, values), flags);

    public bool SetContains(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(SetRequests.SetContains(key, value), flags);

    public long SetLength(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(SetRequests.SetLength(key), flags);

    public RedisValue[] SetMembers(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(SetRequests.SetMembers(key), flags);

    public bool SetRemove(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(SetRequests.SetRemove(key, value), flags);

    public long SetRemove(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None)
        => Send(SetRequests.SetRemove(key, values), flags);
}
