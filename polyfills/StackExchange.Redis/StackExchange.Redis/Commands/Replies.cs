namespace StackExchange.Redis;

/// <summary>What replies mean, whichever protocol they came in.</summary>
internal static class Replies
{
    public static readonly ReplyReader<RedisValue> Value = static (in reply) => reply.Value;
    public static readonly ReplyReader<RedisValue[]> Values = static (in reply) => Array.ConvertAll(reply.Items ?? [], static item => item.Value);
    public static readonly ReplyReader<long> Integer = static (in reply) => reply.Integer;
    public static readonly ReplyReader<double> Double = static (in reply) => reply.Double;
    public static readonly ReplyReader<double?> NullableDouble = static (in reply) => reply.IsNull ? null : reply.Double;
    public static readonly ReplyReader<RedisResult> Result = static (in reply) => reply.ToResult();
    public static readonly ReplyReader<string?> Text = static (in reply) => reply.IsNull ? null : reply.Text;

    /// <summary>Whether something was done: a number above zero, or <c>OK</c> where a null says that it was not.</summary>
    public static readonly ReplyReader<bool> Done = static (in reply)
        => !reply.IsNull && (reply.Type is not (ResultType.Integer or ResultType.Boolean) || reply.Integer > 0);

    /// <summary>Any reply that is no error.</summary>
    public static readonly ReplyReader<bool> Accepted = static (in _) => true;

    public static readonly ReplyReader<Lease<byte>?> Lease = static (in reply) => reply.Lease ?? Borrowed(reply);

    public static readonly ReplyReader<RedisType> KeyType = static (in reply) => reply.Text switch
    {
        "none" => RedisType.None,
        "string" => RedisType.String,
        "list" => RedisType.List,
        "set" => RedisType.Set,
        "zset" => RedisType.SortedSet,
        "hash" => RedisType.Hash,
        "stream" => RedisType.Stream,
        _ => RedisType.Unknown,
    };

    /// <summary>Milliseconds to live; negative where there is no key or no expiry.</summary>
    public static readonly ReplyReader<TimeSpan?> TimeToLive = static (in reply)
        => reply.Integer < 0 ? null : TimeSpan.FromMilliseconds(reply.Integer);

    public static readonly ReplyReader<DateTime> UnixSeconds = static (in reply) => DateTime.UnixEpoch.AddSeconds(reply.Integer);

    public static readonly ReplyReader<HashEntry[]> HashEntries = static (in reply)
        => Pairs(reply, static (name, value) => new HashEntry(name.Value, value.Value));

    public static readonly ReplyReader<SortedSetEntry[]> SortedSetEntries = static (in reply)
        => Pairs(reply, static (member, score) => new SortedSetEntry(member.Value, score.Double));

    public static readonly ReplyReader<KeyValuePair<string, string>[]> Texts = static (in reply)
        => Pairs(reply, static (name, value) => KeyValuePair.Create(name.Text, value.Text));

    public static readonly ReplyReader<StreamEntry[]> StreamEntries = static (in reply)
        => Array.ConvertAll(reply.Items ?? [], static entry => entry.Items is [var id, var fields]
            ? new StreamEntry(id.Value, Pairs(fields, static (name, value) => new NameValueEntry(name.Value, value.Value)))
            : StreamEntry.Null);

    public static readonly ReplyReader<IGrouping<string, KeyValuePair<string, string>>[]> Info = static (in reply) => InfoText.Sections(reply.Text);

    public static readonly ReplyReader<(long Cursor, RedisKey[] Keys)> Scan = static (in reply)
        => reply.Items is [var cursor, { Items: { } keys }]
            ? (cursor.Integer, Array.ConvertAll(keys, static key => (RedisKey)(byte[]?)key.Value))
            : throw new InvalidCastException("A page of keys has a cursor and an array.");

    public static readonly ReplyReader<byte[]> Hash = static (in reply) => Convert.FromHexString(reply.Text);

    public static readonly ReplyReader<DateTime> SecondsAndMicroseconds = static (in reply)
        => reply.Items is [var seconds, var microseconds]
            ? DateTime.UnixEpoch.AddSeconds(seconds.Integer).AddMicroseconds(microseconds.Integer)
            : throw new InvalidCastException("A time has seconds and microseconds.");

    /// <summary>Pairs come as a flat array in RESP2, and in RESP3 as a map (flat here too) or as arrays of two.</summary>
    private static T[] Pairs<T>(in RespReply reply, Func<RespReply, RespReply, T> pair)
    {
        var items = reply.Items ?? [];
        if (items is [{ Items: { Length: 2 } }, ..])
        {
            return Array.ConvertAll(items, item => pair(item.Items![0], item.Items[1]));
        }

        var pairs = new T[items.Length / 2];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = pair(items[2 * i], items[(2 * i) + 1]);
        }

        return pairs;
    }

    private static Lease<byte>? Borrowed(in RespReply reply)
    {
        var value = reply.Value;
        if (value.IsNull)
        {
            return null;
        }

        var lease = Lease<byte>.Create(value.GetByteCount(), clear: false);
        value.CopyTo(lease.Span);
        return lease;
    }
}
