namespace StackExchange.Redis;

/// <summary>What databases and servers share.</summary>
public interface IRedis : IRedisAsync
{
    /// <summary>Asks the server for a sign of life.</summary>
    /// <param name="flags">How the command is sent.</param>
    /// <returns>How long the answer took.</returns>
    TimeSpan Ping(CommandFlags flags = CommandFlags.None);
}
