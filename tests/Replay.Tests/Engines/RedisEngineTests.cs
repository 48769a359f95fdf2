using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Tests.Redis;

namespace DqnAspire.Replay.Tests.Engines;

/// <summary>With room for all observations in this process.</summary>
public sealed class CachedRedisEngineTests(RedisEngine redis) : RedisEngineTests(redis, cacheBytes: 1 << 26);

/// <summary>With room for few: most come from Redis.</summary>
public sealed class ColdRedisEngineTests(RedisEngine redis) : RedisEngineTests(redis, cacheBytes: 10_000);

/// <summary>With tables in a real redis-server.</summary>
[Trait("Category", "Slow")]
public abstract class RedisEngineTests(RedisEngine redis, long cacheBytes) : EngineTests, IAsyncLifetime
{
    private IReplayEngine? _engine;

    protected override IReplayEngine Engine => _engine!;

    protected override int Histories => 25;

    public async ValueTask InitializeAsync() => _engine = await redis.ConnectAsync(cacheBytes);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected override string NewName() => redis.NewName();
}
