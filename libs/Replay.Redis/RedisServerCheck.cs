using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>Checks whether a server can hold tables.</summary>
internal static class RedisServerCheck
{
    // Scripts that write, UNLINK and users need it; RESP3 is what the client prefers, and nothing older is tested.
    private static readonly Version MinVersion = new(6, 0);

    /// <summary>Checks the server to which tables are written.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="address">The server's address, for errors.</param>
    /// <returns>Whether it writes an append-only file.</returns>
    /// <exception cref="ReplayStoreException">It cannot hold tables.</exception>
    public static async Task<bool> CheckAsync(IConnectionMultiplexer redis, string address)
    {
        var server = Find(redis);
        if (server.Version < MinVersion)
        {
            throw Refused(
                $"Redis at {address} is of version {server.Version}; tables need {MinVersion} or later. "
                + "Install a newer redis-server.");
        }

        if (server.ServerType == ServerType.Cluster)
        {
            throw Refused(
                $"Redis at {address} is a cluster; a table's keys lie on one server. Name a server with "
                + "cluster-enabled no in ConnectionStrings:redis.");
        }

        if (server.IsReplica)
        {
            throw Refused($"Redis at {address} is a read-only replica; name its primary in ConnectionStrings:redis.");
        }

        var info = await ThrowIfEvictingAsync(server, address).ConfigureAwait(false);
        return info["aof_enabled"].FirstOrDefault() == "1";
    }

    /// <summary>The server to which tables are written; another one where there is none.</summary>
    public static IServer Find(IConnectionMultiplexer redis)
    {
        var servers = redis.GetServers();
        return Array.Find(servers, s => s is { IsConnected: true, IsReplica: false })
            ?? Array.Find(servers, s => s.IsConnected)
            ?? servers[0];
    }

    /// <summary>Checks that the server evicts no keys of tables.</summary>
    /// <param name="server">The server.</param>
    /// <param name="address">Its address, for errors.</param>
    /// <returns>What it says of itself.</returns>
    /// <exception cref="ReplayStoreException">It evicts them.</exception>
    public static async Task<ILookup<string, string>> ThrowIfEvictingAsync(IServer server, string address)
    {
        var info = (await server.InfoAsync().ConfigureAwait(false))
            .SelectMany(section => section).ToLookup(f => f.Key, f => f.Value);
        var policy = info["maxmemory_policy"].FirstOrDefault("noeviction");
        return info["maxmemory"].FirstOrDefault("0") == "0" || !policy.StartsWith("allkeys-", StringComparison.Ordinal)
            ? info
            : throw Refused(
                $"Redis at {address} would evict experience when its memory is full (maxmemory-policy {policy}); "
                + "set maxmemory-policy noeviction.");
    }

    private static ReplayStoreException Refused(string message) => new(message, StoreProblem.Refused);
}
