namespace StackExchange.Redis;

/// <summary>An error inside of a reply, as a script or a transaction may have it. Every conversion throws it.</summary>
internal sealed class ErrorRedisResult(string message, ResultType type) : RedisResult(type)
{
    public override bool IsNull => false;

    public override string? ToString(out string? type)
    {
        type = null;
        return message;
    }

    private protected override RedisValue AsValue() => throw RedisErrors.ToException(message, CommandFlags.None);

    private protected override RedisResult[] AsArray() => throw RedisErrors.ToException(message, CommandFlags.None);
}
