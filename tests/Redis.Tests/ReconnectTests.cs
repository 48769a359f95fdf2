using System.Collections.Concurrent;
using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class ReconnectTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory, ClassData(typeof(Protocols))]
    public async Task AServerThatIsKilledAndStartedAgainIsFoundAgain(RedisProtocol protocol)
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address, options => Quick(options, protocol));
        var db = redis.GetDatabase(3);
        var failed = NextEvent(handler => redis.ConnectionFailed += handler);
        var restored = NextEvent(handler => redis.ConnectionRestored += handler);
        db.StringSet("kept", "value");
        db.ScriptEvaluate("return 1");

        await server.KillAsync();
        var loss = await failed;
        Assert.False(redis.IsConnected);
        var meanwhile = db.StringGetAsync("kept");
        Assert.False(meanwhile.IsCompleted);
        await server.StartAsync();

        Assert.Equal("value", (string?)await meanwhile.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(1, (int)db.ScriptEvaluate("return 1"));
        Assert.True(loss.FailureType is ConnectionFailureType.SocketClosed or ConnectionFailureType.SocketFailure);
        Assert.NotNull(loss.Exception);
        Assert.Equal(redis.GetEndPoints().Single(), loss.EndPoint);
        Assert.Equal(ConnectionFailureType.None, (await restored).FailureType);
        Assert.True(redis.IsConnected);
    }

    [Fact]
    public async Task CommandsThatWereSentFailWhenTheConnectionIsLost()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address, options => Quick(options));
        var db = redis.GetDatabase();
        var sent = Enumerable.Range(0, 20).Select(_ => db.ExecuteAsync("BLPOP", (RedisKey)"empty", 0)).ToArray();
        await UntilBlockedAsync(server);

        await server.KillAsync();

        foreach (var command in sent)
        {
            var error = await Assert.ThrowsAsync<RedisConnectionException>(() => command.WaitAsync(Patience, TestContext.Current.CancellationToken));
            Assert.True(error.FailureType is ConnectionFailureType.SocketClosed or ConnectionFailureType.SocketFailure);
            Assert.Equal(CommandStatus.Sent, error.CommandStatus);
        }
    }

    [Fact]
    public async Task WorkGoesOnThroughManyRestartsAndNothingAcknowledgedIsLost()
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address, options => Quick(options));
        var db = redis.GetDatabase();
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentBag<int>();
        var writers = Enumerable.Range(0, 8).Select(WriteAsync).ToArray();

        for (var i = 0; i < 3; i++)
        {
            var enough = acknowledged.Count + 200;
            Assert.True(SpinWait.SpinUntil(() => acknowledged.Count >= enough, Patience));
            await server.KillAsync();
            await server.StartAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var there = (await db.SetMembersAsync("written")).Select(value => (int)value).ToHashSet();
        Assert.Superset(acknowledged.ToHashSet(), there);

        async Task WriteAsync(int writer)
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                try
                {
                    await db.SetAddAsync("written", (writer * 1_000_000) + i);
                    acknowledged.Add((writer * 1_000_000) + i);
                }
                catch (RedisConnectionException)
                {
                    // Not acknowledged: it may be there or not.
                }
            }
        }
    }

    [Fact]
    public async Task WithoutABacklogCommandsFailAtOnceWhileThereIsNoConnection()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address, options =>
        {
            Quick(options);
            options.BacklogPolicy = BacklogPolicy.FailFast;
        });
        var failed = NextEvent(handler => redis.ConnectionFailed += handler);

        await server.KillAsync();
        await failed;

        var error = await Assert.ThrowsAsync<RedisConnectionException>(() => redis.GetDatabase().StringGetAsync("a"));
        Assert.Equal(ConnectionFailureType.UnableToResolvePhysicalConnection, error.FailureType);
        Assert.StartsWith("No connection is active/available to service this operation: GET a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithABacklogCommandsWaitUntilTheyTimeOut()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address, options =>
        {
            Quick(options);
            options.SyncTimeout = 200;
            options.AsyncTimeout = 200;
            options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        });
        var failed = NextEvent(handler => redis.ConnectionFailed += handler);

        await server.KillAsync();
        await failed;

        var asynchronous = redis.GetDatabase().StringGetAsync("a");
        var error = Assert.Throws<RedisTimeoutException>(() => redis.GetDatabase().StringGet("a"));
        Assert.Equal(CommandStatus.WaitingInBacklog, error.Commandstatus);
        Assert.Contains("Last Connection Exception", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisTimeoutException>(() => asynchronous.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AServerThatIsNotThereFailsTheConnect()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await server.KillAsync();

        var error = await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync($"{server.Address},connectRetry=1"));

        Assert.Equal(ConnectionFailureType.UnableToConnect, error.FailureType);
        Assert.StartsWith("It was not possible to connect to the redis server(s).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatComesLaterIsFoundWhereTheOptionsSayToGoOn()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await server.KillAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},abortConnect=false,connectRetry=1", options => Quick(options));
        Assert.False(redis.IsConnected);
        var write = redis.GetDatabase().StringSetAsync("a", 1);

        await server.StartAsync();

        Assert.True(await write.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    private static void Quick(ConfigurationOptions options, RedisProtocol protocol = RedisProtocol.Resp3)
    {
        options.Protocol = protocol;
        options.ReconnectRetryPolicy = new LinearRetry(20);
        options.SyncTimeout = 20_000;
        options.AsyncTimeout = 20_000;
    }

    private static Task<ConnectionFailedEventArgs> NextEvent(Action<EventHandler<ConnectionFailedEventArgs>> subscribe)
    {
        var happened = new TaskCompletionSource<ConnectionFailedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        subscribe((_, details) => happened.TrySetResult(details));
        return happened.Task.WaitAsync(Patience);
    }

    /// <summary>Until the server has the blocking command of another connection.</summary>
    private static async Task UntilBlockedAsync(RedisServerProcess server)
    {
        await using var other = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        while (!(await other.GetServers()[0].InfoRawAsync("clients"))!.Contains("blocked_clients:1", StringComparison.Ordinal))
        {
            await Task.Yield();
        }
    }
}
