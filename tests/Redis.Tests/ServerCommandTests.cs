using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

/// <summary>Administration, on a server of its own because it changes settings and deletes everything.</summary>
public sealed class ServerCommandTests
{
    [Theory, ClassData(typeof(Protocols))]
    public async Task AServerTellsAboutItselfAndIsAdministrated(RedisProtocol protocol)
    {
        await using var own = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(own.Address, options =>
        {
            options.AllowAdmin = true;
            options.Protocol = protocol;
            options.DefaultDatabase = 1;
        });
        var server = redis.GetServer(own.Address);
        var db = redis.GetDatabase();

        Assert.Equal(1, db.Database);
        Assert.Equal(protocol, server.Protocol);
        Assert.Equal(ServerType.Standalone, server.ServerType);
        Assert.InRange(server.Version, new Version(6, 0), new Version(99, 0));
        Assert.True(server.IsConnected);
        Assert.False(server.IsReplica);
        Assert.Equal(redis.GetEndPoints(), [server.EndPoint]);
        Assert.InRange(server.Ping(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(await db.PingAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(5));

        Assert.Equal(server.Version.ToString(), server.Info("server").Single(section => section.Key == "Server").Single(line => line.Key == "redis_version").Value);
        Assert.Contains("redis_version:", await server.InfoRawAsync(), StringComparison.Ordinal);
        server.ConfigSet("maxmemory", 1_000_000_000);
        Assert.Equal([new("maxmemory", "1000000000")], await server.ConfigGetAsync("maxmemory"));

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => db.StringSetAsync($"a:{i}", i)));
        db.StringSet("b", 1);
        redis.GetDatabase(2).StringSet("elsewhere", 1);
        Assert.Equal(1001, server.DatabaseSize());
        Assert.Equal(1, await server.DatabaseSizeAsync(2));
        Assert.Equal(1000, server.Keys(pattern: "a:*", pageSize: 100).Distinct().Count());
        var found = 0;
        await foreach (var key in server.KeysAsync(pattern: "b"))
        {
            Assert.Equal("b", key);
            found++;
        }

        Assert.Equal(1, found);
        server.FlushDatabase();
        Assert.Equal((0, 1), (server.DatabaseSize(), server.DatabaseSize(2)));
        server.FlushAllDatabases();
        Assert.Equal(0, server.DatabaseSize(2));

        var before = server.LastSave();
        server.Save(SaveType.ForegroundSave);
        Assert.InRange(server.LastSave(), before, DateTime.UtcNow.AddSeconds(1));
        Assert.InRange(server.Time(), DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task AdministrationNeedsToBeAllowed()
    {
        await using var own = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(own.Address);
        var server = redis.GetServers()[0];
        var db = redis.GetDatabase();

        Assert.Throws<RedisCommandException>(() => server.FlushDatabase());
        Assert.Throws<RedisCommandException>(() => server.ConfigSet("maxmemory", 1));
        Assert.Throws<RedisCommandException>(() => db.Execute("flushall"));
        Assert.Throws<RedisCommandException>(() => db.Execute("CLIENT", "LIST"));
        Assert.Equal(redis.ClientName, (string?)db.Execute("CLIENT", "GETNAME"));
    }

    [Fact]
    public async Task AnyCommandCanBeSentExceptThoseThatBreakTheConnection()
    {
        await using var own = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(own.Address);
        var db = redis.GetDatabase();
        RedisKey key = "counter";

        Assert.Equal("OK", (string?)db.Execute("SET", key, 5));
        Assert.Equal(12, (long)await db.ExecuteAsync("INCRBY", key, 7L));
        Assert.Equal("12", (await db.ExecuteAsync("OBJECT", ["HELP"])).Length > 0 ? (string?)db.StringGet(key) : null);
        Assert.Throws<InvalidCastException>(() => db.Execute("SET", key, new object()));
        Assert.Throws<RedisCommandException>(() => db.Execute("SET counter 5"));
        foreach (var command in (string[])["SUBSCRIBE", "MONITOR", "SELECT", "MULTI", "quit", "HELLO", "AUTH"])
        {
            Assert.Throws<RedisCommandException>(() => db.Execute(command, "1"));
        }

        Assert.Throws<RedisCommandException>(() => db.Execute("CLIENT", "REPLY", "OFF"));
        var error = Assert.Throws<RedisServerException>(() => db.Execute("NOSUCHTHING"));
        Assert.StartsWith("ERR unknown command", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFullServerSaysSo()
    {
        await using var own = await RedisServerProcess.StartAsync("--maxmemory", "2mb");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(own.Address);
        var db = redis.GetDatabase();
        var written = Enumerable.Range(0, 64).Select(i => db.StringSetAsync($"k:{i}", new byte[100_000])).ToArray();

        var error = await Assert.ThrowsAsync<RedisServerException>(() => Task.WhenAll(written));

        Assert.StartsWith("OOM", error.Message, StringComparison.Ordinal);
        Assert.True(db.StringGet("k:0").HasValue);
    }
}
