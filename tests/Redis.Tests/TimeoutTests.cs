using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class TimeoutTests
{
    [Fact]
    public async Task CommandsTimeOutWhileTheServerIsBusyAndTheConnectionIsUsableAfterwards()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address, Impatient);
        await using var other = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true,syncTimeout=20000");
        var db = redis.GetDatabase();
        db.StringSet("a", "value");

        // Nobody is answered for half a second.
        await other.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", 500, "ALL");
        var asynchronous = db.StringGetAsync("a");
        var lease = db.StringGetLeaseAsync("a");
        var error = Assert.Throws<RedisTimeoutException>(() => db.StringGet("a"));
        Assert.Equal(CommandStatus.Sent, error.Commandstatus);
        Assert.StartsWith("Timeout awaiting response (100ms), command=GET a", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisTimeoutException>(() => asynchronous);
        await Assert.ThrowsAsync<RedisTimeoutException>(() => lease);

        // The late replies are for nobody; those that follow find their commands.
        Assert.Equal("value", await EventuallyAsync(() => db.StringGetAsync("a")));
        Assert.Equal(5, db.StringLength("a"));
    }

    [Fact]
    public async Task SynchronousAndAsynchronousCommandsHaveTimesOfTheirOwn()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},syncTimeout=20000,asyncTimeout=50", options => options.HeartbeatInterval = TimeSpan.FromMilliseconds(20));
        await using var other = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true,syncTimeout=20000");
        var db = redis.GetDatabase();

        await other.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", 300, "ALL");
        var asynchronous = db.StringLengthAsync("a");

        Assert.Equal(0, db.StringLength("a"));
        await Assert.ThrowsAsync<RedisTimeoutException>(() => asynchronous);
    }

    [Fact]
    public async Task AServerThatStaysSilentIsConnectedToAnew()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address, Impatient);
        var db = redis.GetDatabase();
        var failed = new TaskCompletionSource<ConnectionFailedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.ConnectionFailed += (_, details) => failed.TrySetResult(details);

        // Blocks this connection only.
        var blocked = db.ExecuteAsync("BLPOP", (RedisKey)"empty", 0);

        var details = await failed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(ConnectionFailureType.SocketFailure, details.FailureType);
        await Assert.ThrowsAsync<RedisTimeoutException>(() => blocked);
        Assert.True(await EventuallyAsync(() => db.StringSetAsync("a", 1)));
    }

    [Fact]
    public async Task AServerThatAcceptsButNeverAnswersFailsTheConnectInTime()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();

        var error = await Assert.ThrowsAsync<RedisConnectionException>(
            () => ConnectionMultiplexer.ConnectAsync($"{listener.LocalEndpoint},connectTimeout=200,connectRetry=1"));

        Assert.Equal(ConnectionFailureType.UnableToConnect, error.FailureType);
        Assert.Contains("within 200 ms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnIdleConnectionIsKeptAlive()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},keepAlive=1", options => options.HeartbeatInterval = TimeSpan.FromMilliseconds(50));
        await using var other = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        var before = Pings();

        Assert.True(SpinWait.SpinUntil(() => Pings() >= before + 2, TimeSpan.FromSeconds(20)));

        int Pings() => other.GetServers()[0].InfoRaw("commandstats")!.Split("cmdstat_ping:calls=") is [_, var rest]
            ? int.Parse(rest.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    private static void Impatient(ConfigurationOptions options)
    {
        options.SyncTimeout = 100;
        options.AsyncTimeout = 100;
        options.ConnectTimeout = 20_000;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(20);
        options.ReconnectRetryPolicy = new LinearRetry(20);
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> command)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await command();
            }
            catch (Exception e) when (e is RedisTimeoutException or RedisConnectionException && attempt < 100)
            {
            }
        }
    }
}
