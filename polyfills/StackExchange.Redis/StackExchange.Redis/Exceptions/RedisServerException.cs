namespace StackExchange.Redis;

/// <summary>The server answered with an error. The message is the server's, code first: <c>WRONGTYPE Operation against ...</c>.</summary>
public sealed class RedisServerException : RedisException
{
    /// <summary>An error.</summary>
    /// <param name="kind">What its code says.</param>
    /// <param name="flags">The flags of the command.</param>
    /// <param name="message">The server's message.</param>
    public RedisServerException(RedisErrorKind kind, CommandFlags flags, string message)
        : base(message)
    {
        Kind = kind;
        Flags = flags;
    }

    /// <summary>What the code of the message says.</summary>
    public RedisErrorKind Kind { get; }

    /// <summary>The flags of the command.</summary>
    public CommandFlags Flags { get; }
}
