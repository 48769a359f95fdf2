using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class KeyCommandTests(SharedServer server)
{
    [Theory, ClassData(typeof(Protocols))]
    public async Task KeysAreFoundNamedAndDeleted(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var (a, b, c) = (server.NewKey(), server.NewKey(), server.NewKey());
        db.StringSet([new(a, 1), new(b, 2)]);

        Assert.True(db.KeyExists(a));
        Assert.Equal(2, await db.KeyExistsAsync([a, b, c]));
        Assert.Equal(RedisType.String, db.KeyType(a));
        Assert.Equal(RedisType.None, db.KeyType(c));
        Assert.False(db.KeyRename(a, b, When.NotExists));
        Assert.True(db.KeyRename(a, c));
        Assert.Throws<RedisServerException>(() => db.KeyRename(a, b));
        Assert.True(db.KeyDelete(c));
        Assert.Equal(1, await db.KeyDeleteAsync([a, b, c]));
        Assert.Equal(0, db.KeyDelete([]));
        Assert.Throws<ArgumentException>(() => db.KeyDelete(default(RedisKey)));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task KeysExpire(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();
        db.StringSet(key, 1);

        Assert.Null(db.KeyTimeToLive(key));
        Assert.False(db.KeyExpire(key, TimeSpan.FromSeconds(50), ExpireWhen.HasExpiry));
        Assert.True(db.KeyExpire(key, TimeSpan.FromSeconds(50)));
        Assert.InRange(db.KeyTimeToLive(key)!.Value.TotalSeconds, 40, 50);
        Assert.True(await db.KeyExpireAsync(key, DateTime.UtcNow.AddSeconds(90), ExpireWhen.GreaterThanCurrentExpiry));
        Assert.InRange((await db.KeyTimeToLiveAsync(key))!.Value.TotalSeconds, 80, 90);
        Assert.True(db.KeyPersist(key));
        Assert.Null(db.KeyTimeToLive(key));
        Assert.True(db.KeyExpire(key, DateTime.UtcNow.AddDays(-1)));
        Assert.False(db.KeyExists(key));
    }

    [Fact]
    public async Task DatabasesAreApart()
    {
        await using var redis = await server.ConnectAsync();
        var key = server.NewKey();

        // Every command for another database than the last one: each needs a SELECT before it.
        var written = Enumerable.Range(0, 64).Select(i => redis.GetDatabase(i % 4).StringSetAsync($"{key}:{i / 4}", i)).ToArray();
        await Task.WhenAll(written);

        for (var i = 0; i < 64; i++)
        {
            Assert.Equal(i, (int)redis.GetDatabase(i % 4).StringGet($"{key}:{i / 4}"));
        }
    }

    [Fact]
    public async Task ADatabaseThatIsNotThereIsAnErrorAndNothingIsWrittenElsewhere()
    {
        await using var redis = await server.ConnectAsync();
        var key = server.NewKey();

        var error = await Assert.ThrowsAsync<RedisCommandException>(() => redis.GetDatabase(99).StringSetAsync(key, 1));

        Assert.Equal("The database does not exist on the server: 99", error.Message);
        Assert.False(redis.GetDatabase().KeyExists(key));
    }
}
