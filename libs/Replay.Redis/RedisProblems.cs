using System.Net;
using System.Security.Authentication;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>What is wrong with Redis, in one line that says what to do.</summary>
public static class RedisProblems
{
    private const string ScriptError = "ERR Error running script";

    /// <summary>What a server answers while it starts, fails over or is busy.</summary>
    private static readonly string[] AwayCodes =
        ["LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS", "BUSY"];

    /// <summary>Explains what the client throws.</summary>
    /// <param name="e">What it throws.</param>
    /// <param name="servers">The servers that the connection string names.</param>
    /// <returns>Null for what has nothing to do with Redis.</returns>
    public static ReplayStoreException? Explain(Exception e, IEnumerable<EndPoint> servers) =>
        Explain(e, AddressOf(servers));

    /// <summary>The addresses without credentials.</summary>
    internal static string AddressOf(IEnumerable<EndPoint> servers) =>
        string.Join(
            " or ", servers.Select(server => server is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : server.ToString()));

    /// <summary>The same where the address is known.</summary>
    internal static ReplayStoreException? Explain(Exception e, string address) => e switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => IsTls(e)
            ? new(
                $"The TLS connection to Redis at {address} fails: {Cause(e)} See ssl= and sslHost= in "
                + "ConnectionStrings:redis, and the certificates.", StoreProblem.Refused, e)
            : RefusedUser(address, e),
        // Without a connection to a primary commands wait in the client; it refuses them where it knows of replicas
        // only.
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection } =>
            OnlyReplica(address, e),
        RedisConnectionException { FailureType: var failure } => new(
            $"Redis at {address} cannot be reached ({failure}); start redis-server there, or correct "
            + "ConnectionStrings:redis.", StoreProblem.Away, e),
        RedisTimeoutException => new($"Redis at {address} does not answer.", StoreProblem.Away, e),
        RedisServerException server => ExplainReply(server, address),
        RedisCommandException when IsForPrimary(e) => OnlyReplica(address, e),
        RedisCommandException => new(
            $"The client of Redis at {address} refuses a command: {FirstLine(e)}", StoreProblem.Refused, e),
        _ => null,
    };

    /// <summary>Whether the same may succeed in a moment.</summary>
    internal static bool IsAway(Exception e) => e switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => false,
        RedisConnectionException or RedisTimeoutException => true,
        // The client itself, when it learns in between that the server is a replica.
        RedisCommandException => IsForPrimary(e),
        RedisServerException server => AwayCodes.Contains(Code(server)),
        _ => false,
    };

    private static ReplayStoreException ExplainReply(RedisServerException e, string address)
    {
        var code = Code(e);
        return code switch
        {
            "OOM" => new(
                $"Redis at {address} has reached its maxmemory; nothing was added. Raise it (CONFIG SET maxmemory), "
                + "or make tables smaller.", StoreProblem.Full, e),
            "MISCONF" => new(
                $"Redis at {address} cannot write to its disk and takes nothing more; make room in its folder (its "
                + "log says why).", StoreProblem.Full, e),
            "READONLY" => OnlyReplica(address, e),
            "NOAUTH" or "WRONGPASS" => RefusedUser(address, e),
            "NOPERM" => new(
                $"Redis at {address} does not let this user do what tables need ({FirstLine(e)}); allow ~dqn:replay:* "
                + "+@all -@dangerous +info.", StoreProblem.Refused, e),
            "WRONGTYPE" => new(
                $"Redis at {address} holds keys dqn:replay:* that are no table's; they were left as they are. Use "
                + "another database (defaultDatabase= in ConnectionStrings:redis).",
                StoreProblem.Damaged,
                e),
            _ when AwayCodes.Contains(code) => new(
                $"Redis at {address} is not ready: {FirstLine(e)}", StoreProblem.Away, e),
            _ => new($"Redis at {address} answered: {FirstLine(e)}", StoreProblem.Refused, e),
        };
    }

    private static bool IsForPrimary(Exception e) =>
        e.Message.StartsWith("Command cannot be issued to a replica", StringComparison.Ordinal);

    private static ReplayStoreException OnlyReplica(string address, Exception e) =>
        new(
            $"Redis at {address} is a read-only replica; name its primary in ConnectionStrings:redis.",
            StoreProblem.Refused,
            e);

    private static ReplayStoreException RefusedUser(string address, Exception e) =>
        new(
            $"Redis at {address} refuses the user or the password; set password= (and user=) in "
            + "ConnectionStrings:redis.",
            StoreProblem.Refused,
            e);

    /// <summary>The word by which an error begins.</summary>
    /// <remarks>
    /// Redis before 7 adds text before a script's error: <c>ERR Error running script (...): @user_script:1:
    /// -READONLY You ...</c>.
    /// </remarks>
    private static string Code(RedisServerException e)
    {
        var message = e.Message;
        var start = message.StartsWith(ScriptError, StringComparison.Ordinal)
            ? message.LastIndexOf(": -", StringComparison.Ordinal) + ": -".Length
            : 0;
        return message[Math.Max(0, start)..].Split(' ', 2)[0];
    }

    /// <summary>
    /// The client calls both authentication: what the server says of user and password, and what goes wrong with TLS
    /// beneath.
    /// </summary>
    private static bool IsTls(Exception e) =>
        e is AuthenticationException or IOException || (e.InnerException is { } inner && IsTls(inner));

    private static string Cause(Exception e) => FirstLine(e.GetBaseException());

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].TrimEnd('\r');
}
