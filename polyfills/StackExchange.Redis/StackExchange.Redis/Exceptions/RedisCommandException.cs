namespace StackExchange.Redis;

/// <summary>A command was refused by this library: nothing was sent.</summary>
public sealed class RedisCommandException : Exception
{
    /// <summary>An error.</summary>
    /// <param name="message">Why the command is refused.</param>
    public RedisCommandException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">Why the command is refused.</param>
    /// <param name="innerException">The cause.</param>
    public RedisCommandException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
