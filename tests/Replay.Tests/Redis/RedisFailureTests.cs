using DqnAspire.TestSupport;
using DqnAspire.Replay.CrashWriter;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using DqnAspire.Replay.Storage.Redis;
using StackExchange.Redis;

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>A Redis that is killed, full, locked, too old or not there. Each test has a server of its own.</summary>
public sealed class RedisFailureTests
{
    private static readonly RedisStoreOptions Options = new() { CacheBytes = 0, Patience = TimeSpan.FromSeconds(30) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("always")]
    [InlineData("no")]
    public async Task KilledWhileItIsWrittenTo_AppendsWaitAndGoOn_AndNothingAcknowledgedIsLost(string flush)
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes", "--appendfsync", flush);
        using var tables = await RedisTables.ConnectAsync(server.Address, Options);
        using var table = Create(tables, CrashExperience.Spec);
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
        using var others = await RedisTables.ConnectAsync(server.Address, Options);
        using var again = Open(others);
        Assert.Equal(acknowledged, again.Records);
        AssertWhole(again);
    }

    [Fact]
    public async Task AwayForTooLong_AnAppendFails_AndTheNextGoesOnFromWhatWasAcknowledged()
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes");
        using var tables = await RedisTables.ConnectAsync(server.Address, Options with { Patience = TimeSpan.Zero });
        using var table = Create(tables, CrashExperience.Spec);
        await AppendAsync(table, 100);
        // The block arrives, its acknowledgement does not: the server stops answering, and does what it was told later.
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        using var given = new CancellationTokenSource();
        var busy = direct.GetDatabase().ExecuteAsync("DEBUG", "SLEEP", "0.5");
        var append = AppendAsync(table, 50, given.Token).AsTask();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        await busy;
        Assert.Equal(150, (long)await direct.GetDatabase().HashGetAsync("dqn:replay:table:crash", "records"));

        // Not the same block again: 70 others.
        Assert.Equal(100, table.Records);
        await AppendAsync(table, 70);

        Assert.Equal(170, table.Records);
        AssertWhole(table);
        await server.KillAsync();
        var error = await Assert.ThrowsAsync<ReplayStoreException>(async () => await AppendAsync(table, 1));
        Assert.Equal(StoreProblem.Away, error.Problem);
        Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
        await server.StartAsync();
        using var again = Open(tables);
        Assert.Equal(170, again.Records);
        AssertWhole(again);
    }

    [Fact]
    public async Task RestartedWithoutItsData_ItSaysSo_AndKeepsNothingHalf()
    {
        await using var server = await RedisServerProcess.StartAsync();
        using var tables = await RedisTables.ConnectAsync(server.Address, Options);
        Assert.False(tables.IsDurable);
        using var table = Create(tables, CrashExperience.Spec);
        Assert.False(table.Store.IsDurable);
        await AppendAsync(table, 10);

        await server.KillAsync();
        await server.StartAsync();

        var error = await Assert.ThrowsAsync<ReplayStoreException>(async () => await AppendAsync(table, 10));
        Assert.Contains("restarted without its data", error.Message, StringComparison.Ordinal);
        Assert.Empty(tables.Names);
    }

    [Fact]
    public async Task MemoryThatIsFull_IsTold_AndWhatWasThereStays()
    {
        await using var server = await RedisServerProcess.StartAsync("--maxmemory", "6mb");
        using var tables = await RedisTables.ConnectAsync(server.Address, Options);
        using var table = Create(tables, CrashExperience.Spec);

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

    [Theory]
    [InlineData("password", "--requirepass", "secret")]
    [InlineData("maxmemory-policy noeviction", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")]
    [InlineData("read-only replica", "--replicaof", "127.0.0.1 1")]
    public async Task AServerThatCannotHoldTables_IsRefused_WithWhatToDo(string message, params string[] settings)
    {
        await using var server = await RedisServerProcess.StartAsync(settings);

        var error = await Assert.ThrowsAsync<ReplayStoreException>(() => RedisTables.ConnectAsync(server.Address, Options));

        Assert.Equal(StoreProblem.Refused, error.Problem);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task AWrongPassword_IsNotShown()
    {
        await using var server = await RedisServerProcess.StartAsync("--requirepass", "secret");

        var error = await Assert.ThrowsAsync<ReplayStoreException>(() => RedisTables.ConnectAsync($"{server.Address},password=guess", Options));
        using var tables = await RedisTables.ConnectAsync($"{server.Address},password=secret", Options);

        Assert.Contains("refuses the user or the password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", tables.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatBecomesAReplica_IsNamed()
    {
        await using var server = await RedisServerProcess.StartAsync();
        using var tables = await RedisTables.ConnectAsync(server.Address, Options);
        using var table = Create(tables, CrashExperience.Spec);
        await using var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await direct.GetDatabase().ExecuteAsync("REPLICAOF", "127.0.0.1", "1");

        var error = await Assert.ThrowsAsync<ReplayStoreException>(async () => await AppendAsync(table, 1));

        Assert.Contains("read-only replica", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOldServer_IsRefused()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var old = new OldRedis(server.Port);

        var error = await Assert.ThrowsAsync<ReplayStoreException>(() => RedisTables.ConnectAsync(old.Address, Options));

        Assert.Contains("is of version 5.0.", error.Message, StringComparison.Ordinal);
        Assert.Contains("tables need 6.0 or later", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoServer_IsNamed()
    {
        var error = await Assert.ThrowsAsync<ReplayStoreException>(() => RedisTables.ConnectAsync("127.0.0.1:1,connectRetry=1", Options));

        Assert.Equal(StoreProblem.Away, error.Problem);
        Assert.Contains("Redis at 127.0.0.1:1 cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task AUserWithTheRulesThatTheErrorNames_MayDoAll()
    {
        await using var server = await RedisServerProcess.StartAsync(
            "--user", "replay", "on", ">pass", "~dqn:replay:*", "+@all", "-@dangerous", "+info",
            "--user", "reader", "on", ">pass", "~dqn:replay:*", "+@read", "+@connection", "+info");
        using var tables = await RedisTables.ConnectAsync($"{server.Address},user=replay,password=pass", Options);
        using var table = Create(tables, CrashExperience.Spec);
        await AppendAsync(table, 300);
        AssertWhole(table);
        using var reading = await RedisTables.ConnectAsync($"{server.Address},user=reader,password=pass", Options);

        var error = Assert.Throws<ReplayStoreException>(() => reading.Open("crash"));

        Assert.Contains("allow ~dqn:replay:* +@all -@dangerous +info", error.Message, StringComparison.Ordinal);
        Assert.True(tables.Delete("crash"));
    }

    private static ReplayTable Create(RedisTables tables, TableSpec spec) =>
        new(spec, tables.Create("crash", new TableManifest(spec, "UInt8", [spec.ObservationBytes], RateLimits.None)));

    private static ReplayTable Open(RedisTables tables)
    {
        var store = tables.Open("crash");
        return new ReplayTable(store.Manifest.Spec, store);
    }

    private static ValueTask AppendAsync(ReplayTable table, int count, CancellationToken? cancellationToken = null)
    {
        var width = table.Spec.ObservationBytes;
        var records = new StepRecord[count];
        var observations = new byte[count * width];
        for (var i = 0; i < count; i++)
        {
            records[i] = CrashExperience.Record(table.Records + i);
            CrashExperience.Observe(table.Records + i, observations.AsSpan(i * width, width));
        }

        return table.AppendAsync(records, observations, cancellationToken ?? Cancellation);
    }

    private static void AssertWhole(ReplayTable table)
    {
        var width = table.Spec.ObservationBytes;
        var batch = new TransitionBuffer(table.Size, width);
        table.Read([.. Enumerable.Range(0, table.Size)], batch);
        var expected = new byte[width];
        var steps = 0L;
        for (var i = table.Size - 1; i >= 0; i--)
        {
            var number = batch.Records[i];
            Assert.Equal(CrashExperience.Record(number), new StepRecord(table.Describe(i).Stored.Lane, batch.Actions[i], batch.Rewards[i], batch.Flags[i]));
            CrashExperience.Observe(number, expected);
            Assert.True(expected.AsSpan().SequenceEqual(batch.NextObservations.AsSpan(i * width, width)), $"The observation of record {number} is another.");
            steps++;
        }

        Assert.Equal(Math.Min(table.Spec.Capacity, Enumerable.Range(0, (int)table.Records).Count(n => CrashExperience.Record(n).Flags != RecordFlags.First)), steps);
    }
}
