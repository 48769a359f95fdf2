namespace StackExchange.Redis;

/// <summary>A reply that is one value.</summary>
internal sealed class SingleRedisResult(RedisValue value, ResultType type) : RedisResult(type)
{
    private const int FormatLength = 3;

    public override bool IsNull => value.IsNull;

    public override string? ToString(out string? type)
    {
        string? text = value;
        type = null;
        if (Resp3Type != ResultType.VerbatimString || text is not { Length: > FormatLength } || text[FormatLength] != ':')
        {
            return text;
        }

        type = text[..FormatLength];
        return text[(FormatLength + 1)..];
    }

    private protected override RedisValue AsValue() => value;

    private protected override RedisResult[] AsArray() => throw new InvalidCastException("The result is a single value, not an array");
}
