using System.Globalization;
using System.Numerics;
using System.Text;

namespace StackExchange.Redis;

/// <summary>One reply of a server, decoded: a scalar, or an aggregate of further replies.</summary>
internal readonly struct RespReply
{
    /// <summary>Bytes before a verbatim text: <c>txt:</c>.</summary>
    private const int FormatLength = 4;

    /// <summary>A string, a byte array, a lease or an array of replies; null where the type says it all.</summary>
    private readonly object? _content;

    /// <summary>The integer, the truth value, or the bits of the floating point number.</summary>
    private readonly long _bits;

    private RespReply(ResultType type, object? content, long bits = 0)
    {
        Type = type;
        _content = content;
        _bits = bits;
    }

    public ResultType Type { get; }

    public bool IsNull => _content is null && Type is not (ResultType.Integer or ResultType.Boolean or ResultType.Double);

    public bool IsError => Type is ResultType.Error or ResultType.BlobError;

    /// <summary>The elements of an aggregate; null for a null and for scalars.</summary>
    public RespReply[]? Items => _content as RespReply[];

    public bool IsAggregate => ((int)Type & 7) == (int)ResultType.Array;

    public long Integer => Type is ResultType.Integer or ResultType.Boolean ? _bits : (long)Value;

    public double Double => Type == ResultType.Double ? BitConverter.Int64BitsToDouble(_bits) : (double)Value;

    public Lease<byte>? Lease => _content as Lease<byte>;

    /// <summary>A scalar as text, without the format of a verbatim one; empty for an aggregate.</summary>
    public string Text => Type switch
    {
        ResultType.VerbatimString when _content is byte[] { Length: >= FormatLength } bytes => Encoding.UTF8.GetString(bytes.AsSpan(FormatLength)),
        _ => _content as string ?? (IsAggregate ? string.Empty : Value.ToString()),
    };

    /// <summary>The scalar.</summary>
    /// <exception cref="InvalidCastException">It is an aggregate.</exception>
    public RedisValue Value => Type switch
    {
        ResultType.Integer or ResultType.Boolean => _bits,
        ResultType.Double => BitConverter.Int64BitsToDouble(_bits),
        _ => _content switch
        {
            null => RedisValue.Null,
            byte[] bytes => bytes,
            string text => text,
            _ => throw new InvalidCastException($"A {Type} is not a single value"),
        },
    };

    public static RespReply Null(ResultType type) => new(type, null);

    public static RespReply FromText(ResultType type, string text) => new(type, text);

    public static RespReply FromInteger(long value) => new(ResultType.Integer, null, value);

    public static RespReply FromBoolean(bool value) => new(ResultType.Boolean, null, value ? 1 : 0);

    public static RespReply FromDouble(double value) => new(ResultType.Double, null, BitConverter.DoubleToInt64Bits(value));

    public static RespReply FromBigInteger(BigInteger value) => new(ResultType.BigInteger, value.ToString(CultureInfo.InvariantCulture));

    public static RespReply FromBytes(ResultType type, byte[] bytes) => new(type, bytes);

    public static RespReply FromLease(Lease<byte> lease) => new(ResultType.BulkString, lease);

    public static RespReply FromItems(ResultType type, RespReply[] items) => new(type, items);

    /// <summary>The reply in the form of the public API.</summary>
    public RedisResult ToResult()
    {
        if (IsError)
        {
            return new ErrorRedisResult(Text, Type);
        }

        if (IsAggregate)
        {
            return new ArrayRedisResult(Items is { } items ? Array.ConvertAll(items, static item => item.ToResult()) : null, Type);
        }

        return new SingleRedisResult(Value, IsNull ? ResultType.Null : Type);
    }
}
