namespace StackExchange.Redis;

/// <summary>There is no connection, or it was lost before the reply came.</summary>
public sealed class RedisConnectionException : RedisException
{
    /// <summary>An error.</summary>
    /// <param name="failureType">Why there is no connection.</param>
    /// <param name="flags">The flags of the command.</param>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="commandStatus">How far the command had come; one that was sent may have been run by the server.</param>
    public RedisConnectionException(
        ConnectionFailureType failureType,
        CommandFlags flags,
        string message,
        Exception? innerException = null,
        CommandStatus commandStatus = CommandStatus.Unknown)
        : base(message, innerException)
    {
        FailureType = failureType;
        Flags = flags;
        CommandStatus = commandStatus;
    }

    /// <summary>Why there is no connection.</summary>
    public ConnectionFailureType FailureType { get; }

    /// <summary>The flags of the command.</summary>
    public CommandFlags Flags { get; }

    /// <summary>How far the command had come; one that was sent may have been run by the server.</summary>
    public CommandStatus CommandStatus { get; }
}
