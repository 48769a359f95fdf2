using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class PipeliningTests(SharedServer server)
{
    private const int Threads = 16;

    [Theory, ClassData(typeof(Protocols))]
    public async Task EveryThreadGetsTheRepliesToItsOwnCommands(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => db.StringSetAsync($"{key}:{thread}", new string((char)('a' + thread), 7056))));

        var workers = Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                var expected = new string((char)('a' + thread), 7056);
                for (var i = 0; i < 100; i++)
                {
                    var some = Enumerable.Range(0, 16).Select(_ => db.StringGetAsync($"{key}:{thread}")).ToArray();
                    Assert.Equal(thread, (int)db.Execute("ECHO", thread));
                    Assert.All(some, get => Assert.Equal(expected, db.Wait(get)));
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        await Task.WhenAll(workers);
    }

    [Fact]
    public async Task CommandsThatNobodyWaitsForAreRunInTheirOrder()
    {
        await using var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();
        var (list, missing) = (server.NewKey(), server.NewKey());

        // Far more than may wait unsent: the last ones wait for room.
        for (var i = 0; i < 50_000; i++)
        {
            Assert.Equal(0, db.ListRightPush(list, i, flags: CommandFlags.FireAndForget));
        }

        Assert.True(db.HashGet(list, "wrong type", CommandFlags.FireAndForget).IsNull);
        Assert.False(await db.KeyDeleteAsync(missing, CommandFlags.FireAndForget));
        Assert.Equal(50_000, db.ListLength(list));
        Assert.Equal([0, 1, 2], db.ListRange(list, 0, 2));
        Assert.Equal(49_999, (int)db.ListGetByIndex(list, -1));
    }

    [Fact]
    public async Task CommandsOfManyCallersShareFewPackets()
    {
        await using var own = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{own.Address},allowAdmin=true");
        var db = redis.GetDatabase();
        var before = Reads();

        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => db.PingAsync()));

        // As the server counts what it received: 10 to 20 packets where nothing else runs.
        Assert.InRange(Reads() - before, 1, 1_000);

        long Reads() => long.Parse(
            redis.GetServers()[0].Info("stats").SelectMany(section => section).Single(line => line.Key == "total_reads_processed").Value,
            System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task ClosingLetsCommandsFinish()
    {
        var redis = await server.ConnectAsync();
        var db = redis.GetDatabase();
        var key = server.NewKey();
        var increments = Enumerable.Range(0, 5_000).Select(_ => db.StringIncrementAsync(key)).ToArray();

        await redis.CloseAsync();

        Assert.Equal(5_000, (await Task.WhenAll(increments)).Max());
        Assert.False(redis.IsConnected);
        Assert.Throws<ObjectDisposedException>(() => db.StringGet(key));
        await redis.DisposeAsync();
    }
}
