namespace StackExchange.Redis;

/// <summary>Sorted sets: members ordered by score.</summary>
internal static class SortedSetRequests
{
    public static Request<double> SortedSetIncrement(RedisKey key, RedisValue member, double value)
        => new(Replies.Double, "ZINCRBY", key.Required(), value, member);

    public static Request<bool> SortedSetRemove(RedisKey key, RedisValue member)
        => new(Replies.Done, "ZREM", key.Required(), member);

    public static Request<long> SortedSetRemove(RedisKey key, RedisValue[] members)
        => members.Length == 0 ? 0 : new Request<long>(Replies.Integer, "ZREM", Arguments.Of(key, members));

    public static Request<long> SortedSetRemoveRangeByRank(RedisKey key, long start, long stop)
        => new(Replies.Integer, "ZREMRANGEBYRANK", key.Required(), start, stop);

    public static Request<long> SortedSetRemoveRangeByScore(RedisKey key, double start, double stop, Exclude exclude)
        => new(Replies.Integer, "ZREMRANGEBYSCORE", key.Required(), Bound(start, exclude, Exclude.Start), Bound(stop, exclude, Exclude.Stop));

    public static Request<RedisValue[]> SortedSetRangeByRank(RedisKey key, long start, long stop, Order order)
        => new(Replies.Values, RankCommand(order), key.Required(), start, stop);

    public static Request<SortedSetEntry[]> SortedSetRangeByRankWithScores(RedisKey key, long start, long stop, Order order)
        => new(Replies.SortedSetEntries, RankCommand(order), key.Required(), start, stop, "WITHSCORES");

    public static Request<RedisValue[]> SortedSetRangeByScore(RedisKey key, double start, double stop, Exclude exclude, Order order, long skip, long take)
        => ByScore(Replies.Values, key, start, stop, exclude, order, skip, take, withScores: false);

    public static Request<SortedSetEntry[]> SortedSetRangeByScoreWithScores(
        RedisKey key, double start, double stop, Exclude exclude, Order order, long skip, long take)
        => ByScore(Replies.SortedSetEntries, key, start, stop, exclude, order, skip, take, withScores: true);

    public static Request<double?> SortedSetScore(RedisKey key, RedisValue member)
        => new(Replies.NullableDouble, "ZSCORE", key.Required(), member);

    public static Request<bool> SortedSetAdd(RedisKey key, RedisValue member, double score, SortedSetWhen when)
        => new(Replies.Done, "ZADD", [key.Required(), .. Condition(when), score, member]);

    public static Request<long> SortedSetAdd(RedisKey key, SortedSetEntry[] values, SortedSetWhen when)
        => values.Length == 0
            ? 0
            : new Request<long>(Replies.Integer, "ZADD",
            [
                key.Required(), .. Condition(when), .. values.SelectMany<SortedSetEntry, RedisValue>(static entry => [entry.Score, entry.Element]),
            ]);

    public static Request<long> SortedSetLength(RedisKey key, double min, double max, Exclude exclude)
        => double.IsNegativeInfinity(min) && double.IsPositiveInfinity(max)
            ? new Request<long>(Replies.Integer, "ZCARD", key.Required())
            : new Request<long>(Replies.Integer, "ZCOUNT", key.Required(), Bound(min, exclude, Exclude.Start), Bound(max, exclude, Exclude.Stop));

    public static SortedSetWhen From(When when) => when switch
    {
        When.Exists => SortedSetWhen.Exists,
        When.NotExists => SortedSetWhen.NotExists,
        _ => SortedSetWhen.Always,
    };

    private static IEnumerable<RedisValue> Condition(SortedSetWhen when)
    {
        if (when.HasFlag(SortedSetWhen.NotExists))
        {
            yield return "NX";
        }

        if (when.HasFlag(SortedSetWhen.Exists))
        {
            yield return "XX";
        }

        if (when.HasFlag(SortedSetWhen.GreaterThan))
        {
            yield return "GT";
        }

        if (when.HasFlag(SortedSetWhen.LessThan))
        {
            yield return "LT";
        }
    }

    private static string RankCommand(Order order) => order == Order.Ascending ? "ZRANGE" : "ZREVRANGE";

    private static RedisValue Bound(double score, Exclude exclude, Exclude end)
        => exclude.HasFlag(end) ? "(" + NumberText.Format(score) : NumberText.Format(score);

    private static Request<T> ByScore<T>(
        ReplyReader<T> read, RedisKey key, double start, double stop, Exclude exclude, Order order, long skip, long take, bool withScores)
    {
        var descending = order == Order.Descending;

        // Whoever asks for a descending range may give its ends in either order, as with an ascending one.
        if (descending == (start < stop))
        {
            (start, stop) = (stop, start);
            exclude = exclude switch
            {
                Exclude.Start => Exclude.Stop,
                Exclude.Stop => Exclude.Start,
                _ => exclude,
            };
        }

        return new(read, descending ? "ZREVRANGEBYSCORE" : "ZRANGEBYSCORE",
        [
            key.Required(), Bound(start, exclude, Exclude.Start), Bound(stop, exclude, Exclude.Stop),
            .. withScores ? (RedisValue[])["WITHSCORES"] : [],
            .. skip != 0 || take != -1 ? (RedisValue[])["LIMIT", skip, take] : [],
        ]);
    }
}
