using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class ScriptTests(SharedServer server)
{
    [Theory, ClassData(typeof(Protocols))]
    public async Task AScriptGetsKeysAndValuesAndGivesAnything(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        Assert.Equal("v", (string?)db.ScriptEvaluate("redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])", [key], ["v"]));
        Assert.Equal(5, (int)await db.ScriptEvaluateAsync("return ARGV[1] + ARGV[2]", null, [2, 3]));
        Assert.True(db.ScriptEvaluate("return nil").IsNull);
        var nested = (RedisResult[])db.ScriptEvaluate("return {1, 'two', {3, 4}, false}")!;
        Assert.Equal(1, (int)nested[0]);
        Assert.Equal("two", (string?)nested[1]);
        Assert.Equal([3, 4], (int[])nested[2]!);
        Assert.True(nested[3].IsNull);
        var error = Assert.Throws<RedisServerException>(() => db.ScriptEvaluate("return redis.error_reply('FENCED another writer')"));
        Assert.Equal("FENCED another writer", error.Message);
    }

    [Fact]
    public async Task AScriptIsSentByItsHashTheSecondTimeAndWholeWhereTheServerForgotIt()
    {
        await using var own = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{own.Address},allowAdmin=true");
        var db = redis.GetDatabase();
        var info = redis.GetServers()[0];

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i, (int)db.ScriptEvaluate("return tonumber(ARGV[1])", null, [i]));
        }

        Assert.Equal((1, 2), (Calls(info, "eval"), Calls(info, "evalsha")));
        info.ScriptFlush();

        // Two in one packet: both find that the hash is unknown.
        var batch = db.CreateBatch();
        var seven = batch.ScriptEvaluateAsync("return tonumber(ARGV[1])", null, [7]);
        var eight = batch.ScriptEvaluateAsync("return tonumber(ARGV[1])", null, [8]);
        batch.Execute();

        Assert.Equal((7, 8), ((int)await seven, (int)await eight));
        Assert.Equal(3, Calls(info, "eval"));
    }

    [Fact]
    public async Task ALoadedScriptRunsByItsHash()
    {
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();
        var info = redis.GetServers()[0];

        var hash = info.ScriptLoad("return 'loaded'");

        Assert.Equal(20, hash.Length);
        Assert.True(info.ScriptExists("return 'loaded'"));
        Assert.Equal("loaded", (string?)await db.ScriptEvaluateAsync(hash));
        var error = Assert.Throws<RedisServerException>(() => db.ScriptEvaluate(new byte[20]));
        Assert.StartsWith("NOSCRIPT", error.Message, StringComparison.Ordinal);
    }

    private static int Calls(IServer server, string command)
        => server.Info("commandstats").SelectMany(section => section)
            .Where(line => line.Key == $"cmdstat_{command}")
            .Select(line => int.Parse(line.Value.Split(',')[0].Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();
}
