using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage.Embedded;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Tests.Redis;

namespace DqnAspire.Replay.Tests.Engines;

/// <summary>With room for all observations in this process.</summary>
public sealed class CachedRedisEngineTests(RedisEngine redis) : RedisEngineTests(redis, cacheBytes: 1 << 26);

/// <summary>With room for few: most come from Redis.</summary>
public sealed class ColdRedisEngineTests(RedisEngine redis) : RedisEngineTests(redis, cacheBytes: 10_000);

/// <summary>With tables in a real redis-server.</summary>
public abstract class RedisEngineTests(RedisEngine redis, long cacheBytes) : EngineTests, IAsyncLifetime
{
    private readonly Dictionary<ReplayTable, string> _names = [];
    private RedisTables? _tables;

    protected override int Histories => 25;

    public async ValueTask InitializeAsync() => _tables = await redis.ConnectAsync(cacheBytes);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected override ReplayTable Create(TableSpec spec)
    {
        var name = redis.NewName();
        var store = _tables!.Create(name, new TableManifest(spec, "UInt8", [spec.ObservationBytes], RateLimits.None));
        return Remember(name, new ReplayTable(spec, store));
    }

    protected override ReplayTable Reopen(ReplayTable table)
    {
        var name = _names[table];
        table.Dispose();
        var store = _tables!.Open(name);
        return Remember(name, new ReplayTable(store.Manifest.Spec, store));
    }

    private ReplayTable Remember(string name, ReplayTable table)
    {
        _names.Add(table, name);
        return table;
    }
}
