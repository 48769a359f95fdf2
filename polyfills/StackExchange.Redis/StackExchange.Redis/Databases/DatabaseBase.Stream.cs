namespace StackExchange.Redis;

/// <content>Streams: an append-only log of entries with fields.</content>
internal abstract partial class DatabaseBase
{
    public Task<RedisValue> StreamAddAsync(
        RedisKey key, RedisValue streamField, RedisValue streamValue, RedisValue? messageId = null, long? maxLength = null,
        bool useApproximateMaxLength = false, long? limit = null, StreamTrimMode trimMode = StreamTrimMode.KeepReferences,
        CommandFlags flags = CommandFlags.None)
        => SendAsync(StreamRequests.StreamAdd(key, [new NameValueEntry(streamField, streamValue)], messageId, maxLength, useApproximateMaxLength, limit, trimMode), flags);

    public Task<RedisValue> StreamAddAsync(
        RedisKey key, NameValueEntry[] streamPairs, RedisValue? messageId = null, long? maxLength = null, bool useApproximateMaxLength = false,
        long? limit = null, StreamTrimMode trimMode = StreamTrimMode.KeepReferences, CommandFlags flags = CommandFlags.None)
        => SendAsync(StreamRequests.StreamAdd(key, streamPairs, messageId, maxLength, useApproximateMaxLength, limit, trimMode), flags);

    public Task<long> StreamLengthAsync(RedisKey key, CommandFlags flags = CommandFlags.None)
        => SendAsync(StreamRequests.StreamLength(key), flags);

    public Task<StreamEntry[]> StreamRangeAsync(
        RedisKey key, RedisValue? minId = null, RedisValue? maxId = null, int? count = null, Order messageOrder = Order.Ascending,
        CommandFlags flags = CommandFlags.None)
        => SendAsync(StreamRequests.StreamRange(key, minId, maxId, count, messageOrder), flags);

    public Task<long> StreamTrimAsync(
        RedisKey key, long maxLength, bool useApproximateMaxLength = false, long? limit = null, StreamTrimMode mode = StreamTrimMode.KeepReferences,
        CommandFlags flags = CommandFlags.None)
        => SendAsync(StreamRequests.StreamTrim(key, maxLength, useApproximateMaxLength, limit, mode), flags);
}
