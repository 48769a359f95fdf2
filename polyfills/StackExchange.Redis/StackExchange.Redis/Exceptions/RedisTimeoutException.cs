namespace StackExchange.Redis;

/// <summary>A reply did not come in time. A command that was sent may still be run by the server.</summary>
public sealed class RedisTimeoutException : TimeoutException
{
    /// <summary>An error.</summary>
    /// <param name="flags">The flags of the command.</param>
    /// <param name="message">Which command waited for how long.</param>
    /// <param name="commandStatus">How far it had come.</param>
    public RedisTimeoutException(CommandFlags flags, string message, CommandStatus commandStatus)
        : base(message)
    {
        Flags = flags;
        Commandstatus = commandStatus;
    }

    /// <summary>How far the command had come.</summary>
    public CommandStatus Commandstatus { get; }

    /// <summary>The flags of the command.</summary>
    public CommandFlags Flags { get; }
}
