namespace StackExchange.Redis;

/// <summary>Streams: an append-only log of entries with fields.</summary>
internal static class StreamRequests
{
    public static Request<long> StreamLength(RedisKey key)
        => new(Replies.Integer, "XLEN", key.Required());

    public static Request<RedisValue> StreamAdd(
        RedisKey key, NameValueEntry[] streamPairs, RedisValue? messageId, long? maxLength, bool useApproximateMaxLength, long? limit, StreamTrimMode trimMode)
        => streamPairs.Length == 0
            ? throw new ArgumentException("An entry must have at least one field.", nameof(streamPairs))
            : new Request<RedisValue>(Replies.Value, "XADD",
            [
                key.Required(),
                .. maxLength is { } length ? MaxLength(length, useApproximateMaxLength, limit, trimMode) : [],
                messageId ?? "*",
                .. streamPairs.SelectMany<NameValueEntry, RedisValue>(static pair => [pair.Name, pair.Value]),
            ]);

    public static Request<StreamEntry[]> StreamRange(RedisKey key, RedisValue? minId, RedisValue? maxId, int? count, Order messageOrder)
    {
        var (low, high) = (minId ?? "-", maxId ?? "+");
        var ascending = messageOrder == Order.Ascending;
        return new(Replies.StreamEntries, ascending ? "XRANGE" : "XREVRANGE",
        [
            key.Required(), ascending ? low : high, ascending ? high : low,
            .. count is { } limit ? (RedisValue[])["COUNT", limit] : [],
        ]);
    }

    public static Request<long> StreamTrim(RedisKey key, long maxLength, bool useApproximateMaxLength, long? limit, StreamTrimMode mode)
        => new(Replies.Integer, "XTRIM", [key.Required(), .. MaxLength(maxLength, useApproximateMaxLength, limit, mode)]);

    private static RedisValue[] MaxLength(long length, bool approximate, long? limit, StreamTrimMode mode) =>
    [
        "MAXLEN", .. approximate ? (RedisValue[])["~", length] : [length],
        .. limit is { } most ? (RedisValue[])["LIMIT", most] : [],
        .. mode switch
        {
            StreamTrimMode.DeleteReferences => (RedisValue[])["DELREF"],
            StreamTrimMode.Acknowledged => ["ACKED"],
            _ => [],
        },
    ];
}
