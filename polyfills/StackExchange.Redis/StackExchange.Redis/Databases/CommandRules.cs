using System.Collections.Frozen;

namespace StackExchange.Redis;

/// <summary>Commands that are refused before they are sent.</summary>
internal static class CommandRules
{
    /// <summary>Commands that administrate a server: the package's list.</summary>
    private static readonly FrozenSet<string> Admin = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "BGREWRITEAOF", "BGSAVE", "CLUSTER", "CONFIG", "DEBUG", "FLUSHALL", "FLUSHDB", "INFO", "KEYS", "MONITOR", "REPLICAOF", "SAVE",
        "SHUTDOWN", "SLAVEOF", "SLOWLOG", "SWAPDB", "SYNC");

    /// <summary>What CLIENT may be asked without being an administrator.</summary>
    private static readonly FrozenSet<string> OwnClient = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "GETNAME", "SETNAME", "ID", "INFO", "SETINFO");

    /// <summary>Commands after which a connection that others share is not what they think: other replies, another protocol, database or user.</summary>
    private static readonly FrozenSet<string> Breaking = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR", "SYNC", "PSYNC", "HELLO", "AUTH", "RESET",
        "QUIT", "SELECT", "MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH");

    /// <summary>Refuses what the options do not allow, and what would break the connection.</summary>
    /// <param name="command">The name.</param>
    /// <param name="arguments">What follows it.</param>
    /// <param name="allowAdmin">Whether commands that administrate a server are allowed.</param>
    /// <exception cref="RedisCommandException">The command is refused.</exception>
    public static void Check(string command, ReadOnlySpan<RedisValue> arguments, bool allowAdmin)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        if (command.AsSpan().ContainsAny(" \t\r\n"))
        {
            throw new RedisCommandException($"The command '{command}' has spaces: give each word as an argument of its own.");
        }

        if (Breaking.Contains(command) || IsReplySwitch(command, arguments))
        {
            throw new RedisCommandException($"This operation cannot be used on a connection that is shared: {command}");
        }

        if (!allowAdmin && (Admin.Contains(command) || IsOthersClient(command, arguments)))
        {
            throw new RedisCommandException($"This operation is not available unless admin mode is enabled: {command}");
        }
    }

    private static bool IsReplySwitch(string command, ReadOnlySpan<RedisValue> arguments)
        => IsClient(command) && arguments is [var first, ..] && string.Equals(first, "REPLY", StringComparison.OrdinalIgnoreCase);

    private static bool IsOthersClient(string command, ReadOnlySpan<RedisValue> arguments)
        => IsClient(command) && !(arguments is [var first, ..] && OwnClient.Contains(first.ToString()));

    private static bool IsClient(string command) => command.Equals("CLIENT", StringComparison.OrdinalIgnoreCase);
}
