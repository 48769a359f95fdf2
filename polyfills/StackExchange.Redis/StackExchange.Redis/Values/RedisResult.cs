namespace StackExchange.Redis;

/// <summary>The reply to a command of any kind: a value, an array of replies, or an error that is thrown when the reply is converted.</summary>
public abstract class RedisResult
{
    private protected RedisResult(ResultType type)
    {
        Resp3Type = type;
    }

    /// <summary>The type that the server sent.</summary>
    public ResultType Resp3Type { get; }

    /// <summary>The type that RESP2 has for it.</summary>
    public ResultType Resp2Type => Resp3Type == ResultType.Null ? NullType : (ResultType)((int)Resp3Type & 7);

    /// <summary>Number of elements of an array; -1 for everything else, a null array included.</summary>
    public virtual int Length => -1;

    /// <summary>Whether there is no value.</summary>
    public abstract bool IsNull { get; }

    private protected virtual ResultType NullType => ResultType.BulkString;

    /// <summary>An element of an array.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="InvalidOperationException">This is no array.</exception>
    public virtual RedisResult this[int index] => throw new InvalidOperationException("Indexers can only be used on array results");

    /// <summary>The value; for an array its only element.</summary>
    /// <param name="result">The reply.</param>
    /// <exception cref="InvalidCastException">It is an array of another length.</exception>
    /// <exception cref="RedisServerException">It is an error.</exception>
    public static explicit operator RedisValue(RedisResult? result) => result?.AsValue() ?? RedisValue.Null;

    /// <summary>The value as a key.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator RedisKey(RedisResult? result) => (byte[]?)(RedisValue)result;

    /// <summary>The value as text.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator string?(RedisResult? result) => (RedisValue)result;

    /// <summary>The value as bytes.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator byte[]?(RedisResult? result) => (RedisValue)result;

    /// <summary>The value as a truth value.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator bool(RedisResult result) => (bool)(RedisValue)result;

    /// <summary>The value as a number.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator int(RedisResult result) => (int)(RedisValue)result;

    /// <summary>The value as a number.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator long(RedisResult result) => (long)(RedisValue)result;

    /// <summary>The value as a number.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator ulong(RedisResult result) => (ulong)(RedisValue)result;

    /// <summary>The value as a number.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator double(RedisResult result) => (double)(RedisValue)result;

    /// <summary>The value as a truth value, or null.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator bool?(RedisResult? result) => (bool?)(RedisValue)result;

    /// <summary>The value as a number, or null.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator int?(RedisResult? result) => (int?)(RedisValue)result;

    /// <summary>The value as a number, or null.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator long?(RedisResult? result) => (long?)(RedisValue)result;

    /// <summary>The value as a number, or null.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator double?(RedisResult? result) => (double?)(RedisValue)result;

    /// <summary>The elements; null for a null array.</summary>
    /// <param name="result">The reply.</param>
    /// <exception cref="InvalidCastException">It is no array.</exception>
    public static explicit operator RedisResult[]?(RedisResult? result) => result?.AsArray();

    /// <summary>The elements as values; a single value is an array of one.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator RedisValue[]?(RedisResult? result) => Elements(result, static item => (RedisValue)item);

    /// <summary>The elements as keys.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator RedisKey[]?(RedisResult? result) => Elements(result, static item => (RedisKey)item);

    /// <summary>The elements as texts.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator string?[]?(RedisResult? result) => Elements(result, static item => (string?)item);

    /// <summary>The elements as bytes.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator byte[]?[]?(RedisResult? result) => Elements(result, static item => (byte[]?)item);

    /// <summary>The elements as numbers.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator int[]?(RedisResult? result) => Elements(result, static item => (int)item);

    /// <summary>The elements as numbers.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator long[]?(RedisResult? result) => Elements(result, static item => (long)item);

    /// <summary>The elements as numbers.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator double[]?(RedisResult? result) => Elements(result, static item => (double)item);

    /// <summary>The elements as truth values.</summary>
    /// <param name="result">The reply.</param>
    public static explicit operator bool[]?(RedisResult? result) => Elements(result, static item => (bool)item);

    /// <summary>A reply with a value, as tests need it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="resultType">Its type; told from the value unless given.</param>
    public static RedisResult Create(RedisValue value, ResultType? resultType = null)
        => new SingleRedisResult(value, value.IsNull ? ResultType.Null : resultType ?? (value.IsInteger ? ResultType.Integer : ResultType.BulkString));

    /// <summary>A reply with an array, as tests need it.</summary>
    /// <param name="values">The values.</param>
    public static RedisResult Create(RedisValue[] values) => Create(values is null ? null! : Array.ConvertAll(values, static value => Create(value)));

    /// <summary>A reply with an array, as tests need it.</summary>
    /// <param name="values">The replies in it.</param>
    public static RedisResult Create(RedisResult[] values) => new ArrayRedisResult(values, ResultType.Array);

    /// <summary>The value as text, an array as the number of its elements.</summary>
    public sealed override string ToString() => ToString(out _) ?? string.Empty;

    /// <summary>The value as text.</summary>
    /// <param name="type">The format of a <see cref="ResultType.VerbatimString"/>, such as <c>txt</c>; otherwise null.</param>
    public abstract string? ToString(out string? type);

    /// <summary>Names and values in turn, by name.</summary>
    /// <param name="comparer">Compares names; without regard to case unless given.</param>
    public Dictionary<string, RedisResult> ToDictionary(IEqualityComparer<string>? comparer = null)
    {
        var byName = new Dictionary<string, RedisResult>(comparer ?? StringComparer.InvariantCultureIgnoreCase);
        var items = AsArray() ?? [];
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            byName.Add((string?)items[i] ?? string.Empty, items[i + 1]);
        }

        return byName;
    }

    private protected abstract RedisValue AsValue();

    private protected abstract RedisResult[]? AsArray();

    private static T[]? Elements<T>(RedisResult? result, Converter<RedisResult, T> convert) => result switch
    {
        null => null,
        ArrayRedisResult => result.AsArray() is { } items ? Array.ConvertAll(items, convert) : null,
        { IsNull: true } => null,
        _ => [convert(result)],
    };
}
