namespace StackExchange.Redis;

/// <content>Sorted sets: members ordered by score.</content>
public partial interface IDatabase
{
    /// <summary>Adds a member or changes its score. True if it is new.</summary>
    bool SortedSetAdd(RedisKey key, RedisValue member, double score, CommandFlags flags);

    /// <summary>Adds a member or changes its score. True if it is new.</summary>
    bool SortedSetAdd(RedisKey key, RedisValue member, double score, When when, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds a member or changes its score. True if it is new.</summary>
    bool SortedSetAdd(RedisKey key, RedisValue member, double score, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds members or changes their scores and gives how many are new.</summary>
    long SortedSetAdd(RedisKey key, SortedSetEntry[] values, CommandFlags flags);

    /// <summary>Adds members or changes their scores and gives how many are new.</summary>
    long SortedSetAdd(RedisKey key, SortedSetEntry[] values, When when, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds members or changes their scores and gives how many are new.</summary>
    long SortedSetAdd(RedisKey key, SortedSetEntry[] values, SortedSetWhen when = SortedSetWhen.Always, CommandFlags flags = CommandFlags.None);

    /// <summary>Adds to the score of a member, 0 where there is none, and gives the sum.</summary>
    double SortedSetIncrement(RedisKey key, RedisValue member, double value, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes a member. False if there was none.</summary>
    bool SortedSetRemove(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes members and gives how many there were.</summary>
    long SortedSetRemove(RedisKey key, RedisValue[] members, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes the members from one rank to another, both included; gives how many.</summary>
    long SortedSetRemoveRangeByRank(RedisKey key, long start, long stop, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes the members from one score to another; gives how many.</summary>
    long SortedSetRemoveRangeByScore(RedisKey key, double start, double stop, Exclude exclude = Exclude.None, CommandFlags flags = CommandFlags.None);

    /// <summary>The members from one rank to another, both included; negative ranks count from the end.</summary>
    RedisValue[] SortedSetRangeByRank(RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None);

    /// <summary>The members from one rank to another with their scores.</summary>
    SortedSetEntry[] SortedSetRangeByRankWithScores(
        RedisKey key, long start = 0, long stop = -1, Order order = Order.Ascending, CommandFlags flags = CommandFlags.None);

    /// <summary>The members from one score to another, after leaving some out and at most as many as wanted.</summary>
    RedisValue[] SortedSetRangeByScore(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None);

    /// <summary>The members from one score to another with their scores.</summary>
    SortedSetEntry[] SortedSetRangeByScoreWithScores(
        RedisKey key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0, long take = -1, CommandFlags flags = CommandFlags.None);

    /// <summary>The score of a member; null where there is none.</summary>
    double? SortedSetScore(RedisKey key, RedisValue member, CommandFlags flags = CommandFlags.None);

    /// <summary>The number of members, or of those from one score to another.</summary>
    long SortedSetLength(
        RedisKey key, double min = double.NegativeInfinity, double max = double.PositiveInfinity, Exclude exclude = Exclude.None,
        CommandFlags flags = CommandFlags.None);
}
