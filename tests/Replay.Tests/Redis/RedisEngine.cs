using System.Collections.Concurrent;
using DqnAspire.Replay.Redis;
using DqnAspire.TestSupport;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(DqnAspire.Replay.Tests.Redis.RedisEngine))]

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>
/// One real server for all tests that leave it as it is, with an append-only file; skips them where none is installed.
/// </summary>
public sealed class RedisEngine : IAsyncDisposable
{
    private readonly Lazy<Task<RedisServerProcess>> _server = new(
        static () => RedisServerProcess.StartAsync("--appendonly", "yes"));
    private readonly ConcurrentBag<RedisConnection> _connections = [];
    private int _names;

    /// <summary>A name that no other test uses.</summary>
    public string NewName() => $"test/{Interlocked.Increment(ref _names)}";

    /// <summary>Connects as a ReplayService does; the connection ends with the server.</summary>
    public async Task<RedisReplayEngine> ConnectAsync(long cacheBytes = 1 << 20)
    {
        var connection = await RedisConnection.OpenAsync(
            (await _server.Value).Address, new RedisStoreOptions { CacheBytes = cacheBytes });
        _connections.Add(connection);
        return connection.Tables;
    }

    /// <summary>Connects as anybody could, to look at keys and to spoil them.</summary>
    public async Task<ConnectionMultiplexer> ConnectDirectlyAsync() =>
        await ConnectionMultiplexer.ConnectAsync((await _server.Value).Address);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
