using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class BatchAndTransactionTests(SharedServer server)
{
    [Theory, ClassData(typeof(Protocols))]
    public async Task ABatchIsSentWhenItIsExecuted(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        var batch = db.CreateBatch();
        var increments = Enumerable.Range(0, 500).Select(_ => batch.StringIncrementAsync(key)).ToArray();
        var forgotten = batch.StringSetAsync($"{key}:2", 1, flags: CommandFlags.FireAndForget);
        Assert.True(forgotten.IsCompletedSuccessfully);
        Assert.False(db.KeyExists(key));
        batch.Execute();

        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), await Task.WhenAll(increments));
        Assert.True(db.KeyExists($"{key}:2"));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task ATransactionRunsItsCommandsTogether(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        var transaction = db.CreateTransaction();
        var first = transaction.StringIncrementAsync(key);
        var wrong = transaction.HashGetAsync(key, "field");
        var script = transaction.ScriptEvaluateAsync("return redis.call('INCR', KEYS[1])", [key]);
        var lease = transaction.StringGetLeaseAsync(key);
        Assert.False(first.IsCompleted);

        Assert.True(await transaction.ExecuteAsync());
        Assert.Equal(1, await first);
        await Assert.ThrowsAsync<RedisServerException>(() => wrong);
        Assert.Equal(2, (int)await script);
        Assert.Equal("2", (await lease)!.DecodeString());
        Assert.True(await db.CreateTransaction().ExecuteAsync());
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task ConditionsDecideWhetherATransactionIsRun(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var (owner, hash, log) = (server.NewKey(), server.NewKey(), server.NewKey());
        db.StringSet(owner, "me");
        db.HashSet(hash, "version", 3);
        (Condition Condition, bool Holds)[] conditions =
        [
            (Condition.StringEqual(owner, "me"), true), (Condition.StringEqual(owner, "you"), false),
            (Condition.StringNotEqual(owner, "you"), true), (Condition.StringNotEqual(owner, "me"), false),
            (Condition.StringEqual(log, RedisValue.Null), true),
            (Condition.KeyExists(owner), true), (Condition.KeyExists("nobody"), false),
            (Condition.KeyNotExists("nobody"), true), (Condition.KeyNotExists(owner), false),
            (Condition.HashEqual(hash, "version", 3), true), (Condition.HashEqual(hash, "version", 4), false),
            (Condition.HashNotEqual(hash, "version", 4), true), (Condition.HashNotEqual(hash, "version", 3), false),
            (Condition.HashExists(hash, "version"), true), (Condition.HashExists(hash, "none"), false),
            (Condition.HashNotExists(hash, "none"), true), (Condition.HashNotExists(hash, "version"), false),
        ];

        foreach (var (condition, holds) in conditions)
        {
            var transaction = db.CreateTransaction();
            var always = transaction.AddCondition(Condition.KeyExists(owner));
            var result = transaction.AddCondition(condition);
            var run = transaction.StringGetAsync(owner);

            Assert.True(holds == transaction.Execute(), condition.ToString());
            Assert.Equal(holds, result.WasSatisfied);
            Assert.True(always.WasSatisfied);
            Assert.False(transaction.WasWatchConflict);
            Assert.Equal(holds ? TaskStatus.RanToCompletion : TaskStatus.Canceled, run.Status);
        }

        // The connection watches nothing any more.
        db.StringSet(owner, "you");
        Assert.True(db.CreateTransaction().Execute());
    }

    [Fact]
    public async Task WritersThatFenceWithConditionsNeverOverwriteEachOther()
    {
        await using var one = await server.ConnectAsync();
        await using var two = await server.ConnectAsync();
        var key = server.NewKey();
        one.GetDatabase().StringSet(key, 0);

        // Both add one as often as their transaction goes through; a lost update would make the sum too small.
        var won = await Task.WhenAll(AddAsync(one), AddAsync(one), AddAsync(two));

        Assert.Equal(won.Sum(), (int)one.GetDatabase().StringGet(key));
        Assert.All(won, count => Assert.Equal(50, count));

        async Task<int> AddAsync(ConnectionMultiplexer redis)
        {
            var db = redis.GetDatabase();
            var count = 0;
            while (count < 50)
            {
                var seen = await db.StringGetAsync(key);
                var transaction = db.CreateTransaction();
                transaction.AddCondition(Condition.StringEqual(key, seen));
                _ = transaction.StringSetAsync(key, (int)seen + 1);
                count += await transaction.ExecuteAsync() ? 1 : 0;
            }

            return count;
        }
    }

    [Fact]
    public async Task ACommandThatIsRefusedFailsTheTransaction()
    {
        await using var redis = await server.ConnectAsync();
        var key = server.NewKey();

        var transaction = redis.GetDatabase().CreateTransaction();
        var good = transaction.StringSetAsync(key, 1);
        var bad = transaction.ExecuteAsync("GET");

        var error = await Assert.ThrowsAsync<RedisServerException>(() => transaction.ExecuteAsync());
        Assert.StartsWith("EXECABORT", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("ERR wrong number", (await Assert.ThrowsAsync<RedisServerException>(() => bad)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RedisServerException>(() => good);
        Assert.False(redis.GetDatabase().KeyExists(key));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task ALockHasOneOwner(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();
        var minute = TimeSpan.FromMinutes(1);

        Assert.True(db.LockTake(key, "me", minute));
        Assert.False(await db.LockTakeAsync(key, "you", minute));
        Assert.Equal("me", db.LockQuery(key));
        Assert.False(db.LockExtend(key, "you", minute));
        Assert.True(await db.LockExtendAsync(key, "me", TimeSpan.FromMinutes(5)));
        Assert.InRange(db.KeyTimeToLive(key)!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.False(await db.LockReleaseAsync(key, "you"));
        Assert.True(db.LockRelease(key, "me"));
        Assert.True((await db.LockQueryAsync(key)).IsNull);
        Assert.Throws<ArgumentNullException>(() => db.LockTake(key, RedisValue.Null, minute));
    }
}
