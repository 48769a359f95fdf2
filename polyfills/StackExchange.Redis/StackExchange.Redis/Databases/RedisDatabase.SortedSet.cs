namespace StackExchange.Redis;

/// <content>Sorted sets: members ordered by score.</content>
internal sealed partial class RedisDatabase
{
    public bool SortedSetAdd(RedisKey key, RedisValue member, double score, CommandFlags flags)
        => Send(SortedSetRequests.SortedSetAdd(key, member, score, SortedSetWhen.Always), flags);

    public bool SortedSetAdd(RedisKey key, RedisValue member, double score, When when, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetAdd(key, member, score, SortedSetRequests.From(when)), flags);

    public bool SortedSetAdd(RedisKey key, RedisValue member, double score, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetAdd(key, member, score, when), flags);

    public long SortedSetAdd(RedisKey key, SortedSetEntry[] values, CommandFlags flags)
        => Send(SortedSetRequests.SortedSetAdd(key, values, SortedSetWhen.Always), flags);

    public long SortedSetAdd(RedisKey key, SortedSetEntry[] values, When when, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetAdd(key, values, SortedSetRequests.From(when)), flags);

    public long SortedSetAdd(RedisKey key, SortedSetEntry[] values, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetAdd(key, values, when), flags);

    public double SortedSetIncrement(RedisKey key, RedisValue member, double value, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetIncrement(key, member, value), flags);

    public bool SortedSetRemove(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRemove(key, member), flags);

    public long SortedSetRemove(RedisKey key, RedisValue[] members, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRemove(key, members), flags);

    public long SortedSetRemoveRangeByRank(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRemoveRangeByRank(key, start, stop), flags);

    public long SortedSetRemoveRangeByScore(RedisKey key, double start, double stop, Exclude exclude = Exclude.None, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRemoveRangeByScore(key, start, stop, exclude), flags);

    public RedisValue[] SortedSetRangeByRank(
        RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRangeByRank(key, start, stop, order), flags);

    public SortedSetEntry[] SortedSetRangeByRankWithScores(
        RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRangeByRankWithScores(key, start, stop, order), flags);

    public RedisValue[] SortedSetRangeByScore(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRangeByScore(key, start, stop, exclude, order, skip, take), flags);

    public SortedSetEntry[] SortedSetRangeByScoreWithScores(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetRangeByScoreWithScores(key, start, stop, exclude, order, skip, take), flags);

    public double? SortedSetScore(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetScore(key, member), flags);

    public long SortedSetLength(
        RedisKey key, double min = double.NegativeInfinity, double max = double.PositiveInfinity, Exclude exclude = Exclude.None,
        CommandFlags flags = CommandFlags.None)
        => Send(SortedSetRequests.SortedSetLength(key, min, max, exclude), flags);
}
