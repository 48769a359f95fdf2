using StackExchange.Redis;

namespace DqnAspire.Replay.Storage.Redis;

/// <summary>What is wrong with Redis, in one line that says what to do.</summary>
internal static class RedisProblems
{
    private static readonly string[] AwayCodes = ["LOADING ", "BUSY ", "MASTERDOWN ", "TRYAGAIN "];

    /// <summary>Whether the same may succeed in a moment.</summary>
    public static bool IsAway(Exception e) => e switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => false,
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException server => Array.Exists(AwayCodes, code => server.Message.StartsWith(code, StringComparison.Ordinal)),
        _ => false,
    };

    /// <summary>Null for what has nothing to do with Redis.</summary>
    public static ReplayStoreException? Explain(Exception e, string address) => e switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => new(
            $"Redis at {address} refuses the user or the password; set password= (and user=) in ConnectionStrings:redis.", StoreProblem.Refused, e),
        RedisConnectionException or RedisTimeoutException => new(
            $"Redis at {address} cannot be reached: {FirstLine(e)}", StoreProblem.Away, e),
        RedisServerException server => ExplainReply(server, address),
        _ => null,
    };

    private static ReplayStoreException ExplainReply(RedisServerException e, string address)
    {
        var code = e.Message.Split(' ', 2)[0];
        return code switch
        {
            "OOM" => new(
                $"Redis at {address} has reached its maxmemory; nothing was added. Raise it (CONFIG SET maxmemory), or make tables smaller.", StoreProblem.Full, e),
            "MISCONF" => new(
                $"Redis at {address} cannot write to its disk and takes nothing more; make room in its folder (its log says why).", StoreProblem.Full, e),
            "READONLY" => new(
                $"Redis at {address} is a read-only replica; name its primary in ConnectionStrings:redis.", StoreProblem.Refused, e),
            "NOAUTH" or "WRONGPASS" => new(
                $"Redis at {address} refuses the user or the password; set password= (and user=) in ConnectionStrings:redis.", StoreProblem.Refused, e),
            "NOPERM" => new(
                $"Redis at {address} does not let this user do what tables need ({FirstLine(e)}); allow ~dqn:replay:* +@all -@dangerous +info.", StoreProblem.Refused, e),
            "WRONGTYPE" => new(
                $"Redis at {address} holds keys dqn:replay:* that are no table's; they were left as they are. Use another database (defaultDatabase= in ConnectionStrings:redis).",
                StoreProblem.Damaged,
                e),
            _ when AwayCodes.Contains(code + ' ') => new($"Redis at {address} is not ready: {FirstLine(e)}", StoreProblem.Away, e),
            _ => new($"Redis at {address} answered: {FirstLine(e)}", StoreProblem.Refused, e),
        };
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].TrimEnd('\r');
}
