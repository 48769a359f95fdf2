using System.Collections.Frozen;

namespace StackExchange.Redis;

/// <summary>Reads the code that a server's error message begins with.</summary>
internal static class RedisErrors
{
    private static readonly FrozenDictionary<string, RedisErrorKind> Codes = new Dictionary<string, RedisErrorKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["LOADING"] = RedisErrorKind.Loading,
        ["CLUSTERDOWN"] = RedisErrorKind.ClusterDown,
        ["MASTERDOWN"] = RedisErrorKind.MasterDown,
        ["TRYAGAIN"] = RedisErrorKind.TryAgain,
        ["NOREPLICAS"] = RedisErrorKind.NoReplicas,
        ["MISCONF"] = RedisErrorKind.Misconfigured,
        ["OOM"] = RedisErrorKind.OutOfMemory,
        ["BUSY"] = RedisErrorKind.Busy,
        ["MOVED"] = RedisErrorKind.Moved,
        ["ASK"] = RedisErrorKind.Ask,
        ["CROSSSLOT"] = RedisErrorKind.CrossSlot,
        ["NOAUTH"] = RedisErrorKind.NoAuth,
        ["WRONGPASS"] = RedisErrorKind.WrongPass,
        ["NOPERM"] = RedisErrorKind.NoPermission,
        ["WRONGTYPE"] = RedisErrorKind.WrongType,
        ["EXECABORT"] = RedisErrorKind.ExecAbort,
        ["READONLY"] = RedisErrorKind.ReadOnly,
        ["NOSCRIPT"] = RedisErrorKind.NoScript,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static RedisErrorKind Classify(string message)
    {
        var space = message.IndexOf(' ', StringComparison.Ordinal);
        var code = space < 0 ? message : message[..space];
        if (Codes.TryGetValue(code, out var kind))
        {
            return kind;
        }

        if (!code.Equals("ERR", StringComparison.OrdinalIgnoreCase))
        {
            return RedisErrorKind.Unknown;
        }

        var text = message.AsSpan(space + 1);
        return text.StartsWith("unknown command", StringComparison.OrdinalIgnoreCase) ? RedisErrorKind.UnknownCommand
            : text.Equals("operation not permitted", StringComparison.OrdinalIgnoreCase) ? RedisErrorKind.NotPermitted
            : text.StartsWith("max number of clients", StringComparison.OrdinalIgnoreCase) ? RedisErrorKind.MaxClients
            : RedisErrorKind.UnknownError;
    }

    public static RedisServerException ToException(string message, CommandFlags flags) => new(Classify(message), flags, message);
}
