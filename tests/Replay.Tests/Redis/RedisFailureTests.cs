using System.Diagnostics;
using DqnAspire.Core;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Storage;
using DqnAspire.TestSupport;
using StackExchange.Redis;
using static DqnAspire.Replay.Tests.Redis.CrashTable;

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>
/// A Redis that is killed, silent, full, loading or failing over while it is used. Each test has servers of its own.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RedisFailureTests
{
    private static readonly RedisStoreOptions Options = new() { CacheBytes = 0, Patience = TimeSpan.FromSeconds(60) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("always")]
    [InlineData("no")]
    public async Task KilledWhileItIsWrittenTo_AppendsWaitAndGoOn_AndNothingAcknowledgedIsLost(string flush)
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes", "--appendfsync", flush);
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        using var table = Create(connection.Tables);
        var random = new Random(4);
        var restarts = 0;
        var acknowledged = 0L;
        while (restarts < 5)
        {
            var append = AppendAsync(table, random.Next(1, 300));
            if (random.Next(20) == 0)
            {
                // In the middle of the append, or just before or after it.
                await server.KillAsync();
                Assert.True(table.Records >= acknowledged);
                await server.StartAsync();
                restarts++;
            }

            await append;
            acknowledged = table.Records;
        }

        AssertWhole(table);
        await using var other = await RedisConnection.OpenAsync(server.Address, Options);
        using var again = Open(other.Tables);
        Assert.Equal(acknowledged, again.Records);
        AssertWhole(again);
    }

    [Fact]
    public async Task KilledAndStartedAgain_ItIsInUseAgainWithinSeconds()
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes");
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        using var table = Create(connection.Tables);
        await AppendAsync(table, 10);
        await server.KillAsync();
        // Two commands that wait: one that was sent, or was to be, and one that knows that nobody is there.
        var append = AppendAsync(table, 10).AsTask();
        var list = connection.Tables.ListAsync(Cancellation);

        await server.StartAsync();
        var started = Stopwatch.GetTimestamp();
        await append;
        await list;

        // A second as a rule; two seconds and a quarter where it was away for long.
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
        AssertWhole(table);
    }

    [Fact]
    public async Task AwayForTooLong_AnAppendFails_AndTheNextGoesOnFromWhatWasAcknowledged()
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes");
        await using var connection = await RedisConnection.OpenAsync(
            $"{server.Address},syncTimeout=1000", Options with { Patience = TimeSpan.Zero });
        using var table = Create(connection.Tables);
        await AppendAsync(table, 100);
        // The block arrives, its acknowledgement does not: the server stops answering, and does what it was told later.
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        using var given = new CancellationTokenSource();
        await direct.GetServers()[0].ExecuteAsync("CLIENT", "PAUSE", 500, "ALL");
        var append = AppendAsync(table, 50, given.Token).AsTask();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        await UntilAsync(
            async () => await direct.GetDatabase().HashGetAsync("dqn:replay:table:crash", "records") == 150);

        // Not the same block again: 70 others.
        Assert.Equal(100, table.Records);
        await AppendAsync(table, 70);

        Assert.Equal(170, table.Records);
        AssertWhole(table);
        await server.KillAsync();
        var error = await Assert.ThrowsAsync<ReplayStoreException>(async () => await AppendAsync(table, 1));
        Assert.Equal(StoreProblem.Away, error.Problem);
        Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        await server.StartAsync();
        using var again = Open(connection.Tables);
        Assert.Equal(170, again.Records);
        AssertWhole(again);
    }

    [Fact]
    public async Task AnswersThatComeTooLate_TheBlockIsSentAgain_AndIsThereOnce()
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes");
        await using var connection = await RedisConnection.OpenAsync($"{server.Address},syncTimeout=500", Options);
        using var table = Create(connection.Tables);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await direct.GetServers()[0].ExecuteAsync("CONFIG", "RESETSTAT");
        await AppendAsync(table, 100);

        // Too short for the client to take the connection for dead: it sends again on the same one.
        await direct.GetServers()[0].ExecuteAsync("CLIENT", "PAUSE", 1500, "ALL");
        await AppendAsync(table, 50);

        Assert.Matches("cmdstat_evalsha:calls=[3-9],", await InfoAsync(direct, "commandstats"));
        Assert.Equal(150, table.Records);
        AssertWhole(table);
        using var again = Open(connection.Tables);
        Assert.Equal(150, again.Records);
    }

    [Fact]
    public async Task SilentForSoLongThatTheConnectionIsGivenUp_TheBlockIsThereOnce()
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes");
        // Dead after four times 200 ms without a byte, counted in whole seconds.
        await using var connection = await RedisConnection.OpenAsync(
            $"{server.Address},syncTimeout=200,connectTimeout=10000", Options);
        using var table = Create(connection.Tables);
        await AppendAsync(table, 100);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");

        await direct.GetServers()[0].ExecuteAsync("CLIENT", "PAUSE", 3000, "ALL");
        var append = AppendAsync(table, 50).AsTask();
        await UntilAsync(() => Task.FromResult(connection.Client.GetCounters().Interactive.SocketCount > 1));
        Assert.False(append.IsCompleted);
        await append;
        await AppendAsync(table, 50);

        Assert.Equal(200, table.Records);
        AssertWhole(table);
        using var again = Open(connection.Tables);
        AssertWhole(again);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AReplicaForAWhile_AppendsWait(bool clientKnows)
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        using var table = Create(connection.Tables);
        await AppendAsync(table, 100);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await BecomeReplicaAsync(direct, 1);
        if (clientKnows)
        {
            await UntilAsync(() => Task.FromResult(connection.Client.GetServers()[0].IsReplica));
        }

        var append = AppendAsync(table, 50).AsTask();
        if (!clientKnows)
        {
            await UntilAsync(async () => (await InfoAsync(direct, "errorstats")).Contains(
                "errorstat_READONLY", StringComparison.Ordinal));
        }

        Assert.False(append.IsCompleted);
        await direct.GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");
        await append;

        Assert.Equal(150, table.Records);
        AssertWhole(table);
    }

    [Fact]
    public async Task AReplicaAgainAndAgain_WhileEverythingIsInUse_EveryCallWaits()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        var spec = new TableSpec(3, 1000) { PriorityExponent = 0.5, RewindSteps = 1000 };
        using var table = connection.Tables.Create("busy", spec);
        await table.AppendAsync([Histories.First(0), Step], new byte[6], Cancellation);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        using var end = new CancellationTokenSource();
        var use = Task.Run(async () =>
        {
            var rounds = 0;
            for (; !end.IsCancellationRequested; rounds++)
            {
                await table.AppendAsync([Step], new byte[3], Cancellation);
                var change = table.UpdatePriorities([table.Records - 1], [rounds]);
                await table.Store.SavePrioritiesAsync(change.Steps, change.Priorities, Cancellation);
                // It is sent without waiting for an answer, once a second.
                table.Store.Sampled++;
                await table.Marks.SaveAsync("here", Cancellation);
                await table.Marks.ListAsync(Cancellation);
                await table.Store.ReadAsync(new ObservationRead[] { new(0, new byte[3]) }, Cancellation);
            }

            return rounds;
        }, Cancellation);

        for (var i = 0; i < 3; i++)
        {
            await BecomeReplicaAsync(direct, 1);
            // Long enough for the client to learn it in the first round, too short in the second.
            if (i != 1)
            {
                await UntilAsync(() => Task.FromResult(connection.Client.GetServers()[0].IsReplica));
                table.Store.Sampled++;
                await Task.Delay(1200, Cancellation);
                table.Store.Sampled++;
            }

            await direct.GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");
            await UntilAsync(() => Task.FromResult(use.IsCompleted || !connection.Client.GetServers()[0].IsReplica));
        }

        await end.CancelAsync();
        Assert.True(await use > 0);
        Assert.Equal(table.Records, (await table.Marks.ListAsync(Cancellation)).Single().Mark.Records);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AReplicaForTooLong_IsNamed(bool clientKnows)
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var connection = await RedisConnection.OpenAsync(
            server.Address, Options with { Patience = TimeSpan.FromMilliseconds(200) });
        using var table = Create(connection.Tables);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await BecomeReplicaAsync(direct, 1);
        if (clientKnows)
        {
            await UntilAsync(() => Task.FromResult(connection.Client.GetServers()[0].IsReplica));
            await Assert.ThrowsAsync<ReplayStoreException>(() => connection.Tables.PingAsync(Cancellation));
        }

        var error = await Assert.ThrowsAsync<ReplayStoreException>(async () => await AppendAsync(table, 1));

        Assert.Equal(StoreProblem.Refused, error.Problem);
        Assert.Contains("read-only replica", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task ThePrimaryIsLost_AndItsReplicaTakesOver_AppendsGoOnThere()
    {
        await using var first = await RedisServerProcess.StartAsync("--repl-diskless-sync-delay", "0");
        await using var second = await RedisServerProcess.StartAsync("--replicaof", $"127.0.0.1 {first.Port}");
        await using var connection = await RedisConnection.OpenAsync($"{first.Address},{second.Address}", Options);
        using var table = Create(connection.Tables);
        await AppendAsync(table, 100);
        await using var firstDirect = await ConnectionMultiplexer.ConnectAsync($"{first.Address},allowAdmin=true");
        await UntilAsync(async () => (int)await firstDirect.GetDatabase().ExecuteAsync("WAIT", 1, 100) == 1);
        await using var secondDirect = await ConnectionMultiplexer.ConnectAsync($"{second.Address},allowAdmin=true");

        await first.KillAsync();
        var append = AppendAsync(table, 50).AsTask();
        await secondDirect.GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");
        await append;

        Assert.Equal(150, table.Records);
        AssertWhole(table);
        Assert.True(await connection.Tables.PingAsync(Cancellation) > TimeSpan.Zero);
        Assert.Equal(150, (long)await secondDirect.GetDatabase().HashGetAsync("dqn:replay:table:crash", "records"));
    }

    [Fact]
    public async Task WhileItLoadsItsData_CommandsWait_AndSoDoesAConnection()
    {
        // It loads 200 ms for each key, and answers meanwhile.
        await using var server = await RedisServerProcess.StartAsync(
            "--key-load-delay", "200000", "--loading-process-events-interval-bytes", "1024");
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        using var table = Create(connection.Tables);
        await AppendAsync(table, 300);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        for (var i = 0; i < 10; i++)
        {
            await direct.GetDatabase().StringSetAsync($"other:{i}", new byte[5000]);
        }

        await direct.GetDatabase().ExecuteAsync("SAVE");
        await server.KillAsync();
        var started = server.StartAsync();
        var append = AppendAsync(table, 50).AsTask();
        await UntilAsync(async () => (await InfoAsync(direct, "errorstats")).Contains(
            "errorstat_LOADING", StringComparison.Ordinal));
        await using var other = await RedisConnection.OpenAsync(server.Address, Options);
        await append;
        await started;

        Assert.Equal(["crash"], await other.Tables.ListAsync(Cancellation));
        Assert.Equal(350, table.Records);
        AssertWhole(table);
    }

    [Fact]
    public async Task RestartedWithoutItsData_ItSaysSo_AndKeepsNothingHalf()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        Assert.False(connection.Tables.IsDurable);
        using var table = Create(connection.Tables);
        Assert.False(table.Store.IsDurable);
        await AppendAsync(table, 10);

        await server.KillAsync();
        await server.StartAsync();

        var error = await Assert.ThrowsAsync<ReplayStoreException>(async () => await AppendAsync(table, 10));
        Assert.Contains("restarted without its data", error.Message, StringComparison.Ordinal);
        Assert.Empty(await connection.Tables.ListAsync(Cancellation));
    }

    [Fact]
    public async Task MemoryThatIsFull_IsTold_AndWhatWasThereStays()
    {
        await using var server = await RedisServerProcess.StartAsync("--maxmemory", "6mb");
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        using var table = Create(connection.Tables);

        var error = await Assert.ThrowsAsync<ReplayStoreException>(async () =>
        {
            while (true)
            {
                await AppendAsync(table, 100);
            }
        });

        Assert.Equal(StoreProblem.Full, error.Problem);
        Assert.Contains("maxmemory", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(table.Records > 0);
        AssertWhole(table);
        await using (var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true"))
        {
            await direct.GetServers()[0].ConfigSetAsync("maxmemory", "100mb");
        }

        var records = table.Records;
        await AppendAsync(table, 100);
        Assert.Equal(records + 100, table.Records);
        AssertWhole(table);
    }

    [Fact]
    public async Task ScriptsThatTheServerForgot_AreSentAgain()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var connection = await RedisConnection.OpenAsync(server.Address, Options);
        using var table = Create(connection.Tables);
        await AppendAsync(table, 10);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");

        await direct.GetServers()[0].ScriptFlushAsync();
        await AppendAsync(table, 10);

        Assert.Equal(20, table.Records);
        AssertWhole(table);
    }

    private static StepRecord Step => new(0, 1, 0, StepFlags.None);

    private static Task<RedisResult> BecomeReplicaAsync(ConnectionMultiplexer server, int port) =>
        server.GetDatabase().ExecuteAsync("REPLICAOF", "127.0.0.1", port);

    private static async Task<string> InfoAsync(ConnectionMultiplexer server, string section)
    {
        try
        {
            return (await server.GetServers()[0].InfoRawAsync(section))!;
        }
        catch (RedisException)
        {
            // It has just been started.
            return "";
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(10, Cancellation);
        }
    }
}
