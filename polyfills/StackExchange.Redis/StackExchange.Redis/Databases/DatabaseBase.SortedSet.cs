namespace StackExchange.Redis;

/// <content>Sorted sets: members ordered by score.</content>
internal abstract partial class DatabaseBase
{
    public Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score, CommandFlags flags)
        => SendAsync(SortedSetRequests.SortedSetAdd(key, member, score, SortedSetWhen.Always), flags);

    public Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score, When when, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetAdd(key, member, score, SortedSetRequests.From(when)), flags);

    public Task<bool> SortedSetAddAsync(
        RedisKey key, RedisValue member, double score, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetAdd(key, member, score, when), flags);

    public Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, CommandFlags flags)
        => SendAsync(SortedSetRequests.SortedSetAdd(key, values, SortedSetWhen.Always), flags);

    public Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, When when, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetAdd(key, values, SortedSetRequests.From(when)), flags);

    public Task<long> SortedSetAddAsync(
        RedisKey key, SortedSetEntry[] values, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetAdd(key, values, when), flags);

    public Task<double> SortedSetIncrementAsync(RedisKey key, RedisValue member, double value, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetIncrement(key, member, value), flags);

    public Task<bool> SortedSetRemoveAsync(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRemove(key, member), flags);

    public Task<long> SortedSetRemoveAsync(RedisKey key, RedisValue[] members, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRemove(key, members), flags);

    public Task<long> SortedSetRemoveRangeByRankAsync(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRemoveRangeByRank(key, start, stop), flags);

    public Task<long> SortedSetRemoveRangeByScoreAsync(
        RedisKey key, double start, double stop, Exclude exclude = Exclude.None, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRemoveRangeByScore(key, start, stop, exclude), flags);

    public Task<RedisValue[]> SortedSetRangeByRankAsync(
        RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRangeByRank(key, start, stop, order), flags);

    public Task<SortedSetEntry[]> SortedSetRangeByRankWithScoresAsync(
        RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRangeByRankWithScores(key, start, stop, order), flags);

    public Task<RedisValue[]> SortedSetRangeByScoreAsync(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRangeByScore(key, start, stop, exclude, order, skip, take), flags);

    public Task<SortedSetEntry[]> SortedSetRangeByScoreWithScoresAsync(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetRangeByScoreWithScores(key, start, stop, exclude, order, skip, take), flags);

    public Task<double?> SortedSetScoreAsync(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetScore(key, member), flags);

    public Task<long> SortedSetLengthAsync(
        RedisKey key, double min = double.NegativeInfinity, double max = double.PositiveInfinity, Exclude exclude = Exclude.None,
        CommandFlags flags = CommandFlags.None)
        => SendAsync(SortedSetRequests.SortedSetLength(key, min, max, exclude), flags);
}
