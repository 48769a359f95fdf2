namespace StackExchange.Redis;

/// <content>Sorted sets: members ordered by score.</content>
public partial interface IDatabaseAsync
{
    /// <inheritdoc cref="IDatabase.SortedSetAdd(RedisKey, RedisValue, double, CommandFlags)"/>
    Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score, CommandFlags flags);

    /// <inheritdoc cref="IDatabase.SortedSetAdd(RedisKey, RedisValue, double, When, CommandFlags)"/>
    Task<bool> SortedSetAddAsync(RedisKey key, RedisValue member, double score, When when, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetAdd(RedisKey, RedisValue, double, SortedSetWhen, CommandFlags)"/>
    Task<bool> SortedSetAddAsync(
        RedisKey key, RedisValue member, double score, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetAdd(RedisKey, SortedSetEntry[], CommandFlags)"/>
    Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, CommandFlags flags);

    /// <inheritdoc cref="IDatabase.SortedSetAdd(RedisKey, SortedSetEntry[], When, CommandFlags)"/>
    Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, When when, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetAdd(RedisKey, SortedSetEntry[], SortedSetWhen, CommandFlags)"/>
    Task<long> SortedSetAddAsync(RedisKey key, SortedSetEntry[] values, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetIncrement(RedisKey, RedisValue, double, CommandFlags)"/>
    Task<double> SortedSetIncrementAsync(RedisKey key, RedisValue member, double value, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRemove(RedisKey, RedisValue, CommandFlags)"/>
    Task<bool> SortedSetRemoveAsync(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRemove(RedisKey, RedisValue[], CommandFlags)"/>
    Task<long> SortedSetRemoveAsync(RedisKey key, RedisValue[] members, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRemoveRangeByRank(RedisKey, long, long, CommandFlags)"/>
    Task<long> SortedSetRemoveRangeByRankAsync(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRemoveRangeByScore(RedisKey, double, double, Exclude, CommandFlags)"/>
    Task<long> SortedSetRemoveRangeByScoreAsync(
        RedisKey key, double start, double stop, Exclude exclude = Exclude.None, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRangeByRank(RedisKey, long, long, Order, CommandFlags)"/>
    Task<RedisValue[]> SortedSetRangeByRankAsync(
        RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRangeByRankWithScores(RedisKey, long, long, Order, CommandFlags)"/>
    Task<SortedSetEntry[]> SortedSetRangeByRankWithScoresAsync(
        RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRangeByScore(RedisKey, double, double, Exclude, Order, long, long, CommandFlags)"/>
    Task<RedisValue[]> SortedSetRangeByScoreAsync(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetRangeByScoreWithScores(RedisKey, double, double, Exclude, Order, long, long, CommandFlags)"/>
    Task<SortedSetEntry[]> SortedSetRangeByScoreWithScoresAsync(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetScore(RedisKey, RedisValue, CommandFlags)"/>
    Task<double?> SortedSetScoreAsync(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.SortedSetLength(RedisKey, double, double, Exclude, CommandFlags)"/>
    Task<long> SortedSetLengthAsync(
        RedisKey key, double min = double.NegativeInfinity, double max = double.PositiveInfinity, Exclude exclude = Exclude.None,
        CommandFlags flags = CommandFlags.None);
}
