using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace StackExchange.Redis;

/// <summary>Replies in the shapes of the base class library.</summary>
public static class ExtensionMethods
{
    /// <summary>The fields of a hash by name.</summary>
    /// <param name="hash">The fields; null gives null.</param>
    [return: NotNullIfNotNull(nameof(hash))]
    public static Dictionary<RedisValue, RedisValue>? ToDictionary(this HashEntry[]? hash)
        => hash?.ToDictionary(static field => field.Name, static field => field.Value);

    /// <summary>The fields of a hash by name, both as text.</summary>
    /// <param name="hash">The fields; null gives null.</param>
    [return: NotNullIfNotNull(nameof(hash))]
    public static Dictionary<string, string>? ToStringDictionary(this HashEntry[]? hash)
        => hash?.ToDictionary(static field => field.Name.ToString(), static field => field.Value.ToString(), StringComparer.Ordinal);

    /// <summary>The scores of a sorted set by member.</summary>
    /// <param name="sortedSet">The members; null gives null.</param>
    [return: NotNullIfNotNull(nameof(sortedSet))]
    public static Dictionary<RedisValue, double>? ToDictionary(this SortedSetEntry[]? sortedSet)
        => sortedSet?.ToDictionary(static member => member.Element, static member => member.Score);

    /// <summary>Values as texts.</summary>
    /// <param name="values">The values; null gives null.</param>
    [return: NotNullIfNotNull(nameof(values))]
    public static string?[]? ToStringArray(this RedisValue[]? values)
        => values is null ? null : Array.ConvertAll(values, static value => (string?)value);

    /// <summary>Texts as values.</summary>
    /// <param name="values">The texts; null gives null.</param>
    [return: NotNullIfNotNull(nameof(values))]
    public static RedisValue[]? ToRedisValueArray(this string[]? values)
        => values is null ? null : Array.ConvertAll(values, static value => (RedisValue)value);

    /// <summary>The text in a lease.</summary>
    /// <param name="bytes">The lease; null gives null.</param>
    /// <param name="encoding">How the text is written; UTF-8 unless given.</param>
    [return: NotNullIfNotNull(nameof(bytes))]
    public static string? DecodeString(this Lease<byte> bytes, Encoding? encoding = null)
        => bytes is null ? null : (encoding ?? Encoding.UTF8).GetString(bytes.Span);
}
