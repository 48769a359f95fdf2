using System.Globalization;

namespace StackExchange.Redis;

/// <summary>A reply that is made of replies; null for the null array of RESP2.</summary>
internal sealed class ArrayRedisResult(RedisResult[]? items, ResultType type) : RedisResult(items is null ? ResultType.Null : type)
{
    public override int Length => items?.Length ?? -1;

    public override bool IsNull => items is null;

    private protected override ResultType NullType => ResultType.Array;

    public override RedisResult this[int index] => (items ?? throw new InvalidOperationException("The array is null"))[index];

    public override string? ToString(out string? type)
    {
        type = null;
        return items is null ? "(nil)" : string.Create(CultureInfo.InvariantCulture, $"{items.Length} element(s)");
    }

    private protected override RedisValue AsValue()
        => items is [var only]
            ? (RedisValue)only
            : throw new InvalidCastException($"The result is an array with {ToString()}, not a single value");

    private protected override RedisResult[]? AsArray() => items;
}
