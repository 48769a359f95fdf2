namespace StackExchange.Redis;

/// <content>Streams: an append-only log of entries with fields.</content>
internal sealed partial class RedisDatabase
{
    public RedisValue StreamAdd(
        RedisKey key, RedisValue streamField, RedisValue streamValue, RedisValue? messageId = null, long? maxLength = null,
        bool useApproximateMaxLength = false, long? limit = null, StreamTrimMode trimMode = StreamTrimMode.KeepReferences,
        CommandFlags flags = CommandFlags.None)
        => Send(StreamRequests.StreamAdd(key, [new NameValueEntry(streamField, streamValue)], messageId, maxLength, useApproximateMaxLength, limit, trimMode), flags);

    public RedisValue StreamAdd(
        RedisKey key, NameValueEntry[] streamPairs, RedisValue? messageId = null, long? maxLength = null, bool useApproximateMaxLength = false,
        long? limit = null, StreamTrimMode trimMode = StreamTrimMode.KeepReferences, CommandFlags flags = CommandFlags.None)
        => Send(StreamRequests.StreamAdd(key, streamPairs, messageId, maxLength, useApproximateMaxLength, limit, trimMode), flags);

    public long StreamLength(RedisKey key, CommandFlags flags = CommandFlags.None)
        => Send(StreamRequests.StreamLength(key), flags);

    public StreamEntry[] StreamRange(
        RedisKey key, RedisValue? minId = null, RedisValue? maxId = null, int? count = null, Order messageOrder = Order.Ascending,
        CommandFlags flags = CommandFlags.None)
        => Send(StreamRequests.StreamRange(key, minId, maxId, count, messageOrder), flags);

    public long StreamTrim(
        RedisKey key, long maxLength, bool useApproximateMaxLength = false, long? limit = null, StreamTrimMode mode = StreamTrimMode.KeepReferences,
        CommandFlags flags = CommandFlags.None)
        => Send(StreamRequests.StreamTrim(key, maxLength, useApproximateMaxLength, limit, mode), flags);
}
