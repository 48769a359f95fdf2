namespace StackExchange.Redis;

/// <content>Streams: an append-only log of entries with fields.</content>
public partial interface IDatabase
{
    /// <summary>Appends an entry with one field, shortens the stream if asked to, and gives the id of the entry.</summary>
    RedisValue StreamAdd(
        RedisKey key, RedisValue streamField, RedisValue streamValue, RedisValue? messageId = null, long? maxLength = null,
        bool useApproximateMaxLength = false, long? limit = null, StreamTrimMode trimMode = StreamTrimMode.KeepReferences,
        CommandFlags flags = CommandFlags.None);

    /// <summary>Appends an entry, shortens the stream if asked to, and gives the id of the entry.</summary>
    RedisValue StreamAdd(
        RedisKey key, NameValueEntry[] streamPairs, RedisValue? messageId = null, long? maxLength = null, bool useApproximateMaxLength = false,
        long? limit = null, StreamTrimMode trimMode = StreamTrimMode.KeepReferences, CommandFlags flags = CommandFlags.None);

    /// <summary>The number of entries.</summary>
    long StreamLength(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <summary>The entries from one id to another, both included, at most as many as wanted.</summary>
    StreamEntry[] StreamRange(
        RedisKey key, RedisValue? minId = null, RedisValue? maxId = null, int? count = null, Order messageOrder = Order.Ascending,
        CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes the oldest entries beyond a length and gives how many.</summary>
    long StreamTrim(
        RedisKey key, long maxLength, bool useApproximateMaxLength = false, long? limit = null, StreamTrimMode mode = StreamTrimMode.KeepReferences,
        CommandFlags flags = CommandFlags.None);
}
