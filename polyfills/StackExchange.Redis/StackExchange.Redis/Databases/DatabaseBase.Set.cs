namespace StackExchange.Redis;

/// <content>Sets: members without order.</content>
internal abstract partial class DatabaseBase
{
    public Task<bool> SetAddAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(SetRequests.SetAdd(key, value), flags);

    public Task<long> SetAddAsync(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None)
        => SendAsync(SetRequests.SetAdd(key, values), flags);

    public Task<bool> SetContainsAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(SetRequests.SetContains(key, value), flags);

    public Task<long> SetLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(SetRequests.SetLength(key), flags);

    public Task<RedisValue[]> SetMembersAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(SetRequests.SetMembers(key), flags);

    public Task<bool> SetRemoveAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(SetRequests.SetRemove(key, value), flags);

    public Task<long> SetRemoveAsync(RedisKey key, RedisValue[] values, CommandFlags flags = CommandFlags.None)
        => SendAsync(SetRequests.SetRemove(key, values), flags);
}
