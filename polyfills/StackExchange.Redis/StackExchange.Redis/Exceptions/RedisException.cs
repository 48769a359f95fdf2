namespace StackExchange.Redis;

/// <summary>Something went wrong between this library and a server.</summary>
public class RedisException : Exception
{
    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    public RedisException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public RedisException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
