using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

/// <summary>Hashes, lists, sets, sorted sets and streams.</summary>
public sealed class CollectionCommandTests(SharedServer server)
{
    [Theory, ClassData(typeof(Protocols))]
    public async Task Hashes(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        Assert.True(db.HashSet(key, "a", 1));
        Assert.False(await db.HashSetAsync(key, "a", 2));
        Assert.False(db.HashSet(key, "a", 3, When.NotExists));
        db.HashSet(key, [new("b", "x"), new("c", "y")]);
        await db.HashSetAsync(key, [new("d", "z")]);

        Assert.Equal(2, (int)db.HashGet(key, "a"));
        Assert.True((await db.HashGetAsync(key, "none")).IsNull);
        Assert.Equal(["x", RedisValue.Null, 2], db.HashGet(key, ["b", "none", "a"]));
        Assert.Equal(
            [("a", "2"), ("b", "x"), ("c", "y"), ("d", "z")],
            (await db.HashGetAllAsync(key)).Select(field => (field.Name.ToString(), field.Value.ToString())).Order());
        Assert.Equal("x", db.HashGetAll(key).ToStringDictionary()["b"]);
        Assert.Equal(["a", "b", "c", "d"], db.HashKeys(key).ToStringArray().Order());
        Assert.Equal(["2", "x", "y", "z"], db.HashValues(key).ToStringArray().Order());
        Assert.Equal(4, db.HashLength(key));
        Assert.Equal(7, db.HashIncrement(key, "a", 5));
        Assert.Equal(7.5, await db.HashIncrementAsync(key, "a", 0.5));
        Assert.True(db.HashExists(key, "b"));
        Assert.True(db.HashDelete(key, "b"));
        Assert.Equal(2, await db.HashDeleteAsync(key, ["b", "c", "d"]));
        Assert.False(db.HashExists(key, "b"));
        Assert.Empty(db.HashGetAll(server.NewKey()));
        using var lease = db.HashGetLease(key, "a");
        Assert.Equal("7.5", lease!.DecodeString());
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task Lists(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        Assert.Equal(0, db.ListRightPush(key, "x", When.Exists));
        Assert.Equal(3, db.ListRightPush(key, ["b", "c", "d"]));
        Assert.Equal(4, await db.ListLeftPushAsync(key, "a"));
        Assert.Equal(["a", "b", "c", "d"], db.ListRange(key));
        Assert.Equal(["b", "c"], await db.ListRangeAsync(key, 1, 2));
        Assert.Equal("d", db.ListGetByIndex(key, -1));
        db.ListSetByIndex(key, 0, "b");
        Assert.Equal(2, db.ListRemove(key, "b"));
        Assert.Equal(2, db.ListLength(key));
        Assert.Equal(7, db.ListRightPush(key, ["e", "f", "g", "h", "i"]));
        await db.ListTrimAsync(key, -3, -1);
        Assert.Equal(["g", "h", "i"], db.ListRange(key));
        Assert.Equal("g", db.ListLeftPop(key));
        Assert.Equal("i", await db.ListRightPopAsync(key));
        Assert.True(db.ListLeftPop(server.NewKey()).IsNull);
        Assert.Throws<RedisServerException>(() => db.ListSetByIndex(key, 9, "x"));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task Sets(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        Assert.True(db.SetAdd(key, "a"));
        Assert.False(await db.SetAddAsync(key, "a"));
        Assert.Equal(2, db.SetAdd(key, ["a", "b", "c"]));
        Assert.Equal(3, db.SetLength(key));
        Assert.True(db.SetContains(key, "b"));
        Assert.Equal(["a", "b", "c"], (await db.SetMembersAsync(key)).ToStringArray().Order());
        Assert.True(db.SetRemove(key, "b"));
        Assert.Equal(1, db.SetRemove(key, ["b", "c"]));
        Assert.Equal(["a"], db.SetMembers(key));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task SortedSets(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        Assert.True(db.SortedSetAdd(key, "b", 2));
        Assert.False(await db.SortedSetAddAsync(key, "b", 1, When.NotExists));
        Assert.Equal(2, db.SortedSetAdd(key, [new("a", 1.5), new("c", double.PositiveInfinity), new("b", 2)]));
        Assert.False(db.SortedSetAdd(key, "b", 1, SortedSetWhen.GreaterThan));

        Assert.Equal(2, db.SortedSetScore(key, "b"));
        Assert.Equal(double.PositiveInfinity, await db.SortedSetScoreAsync(key, "c"));
        Assert.Null(db.SortedSetScore(key, "none"));
        Assert.Equal(["a", "b", "c"], db.SortedSetRangeByRank(key));
        Assert.Equal(["c", "b"], await db.SortedSetRangeByRankAsync(key, 0, 1, Order.Descending));
        Assert.Equal([new("a", 1.5), new("b", 2)], db.SortedSetRangeByRankWithScores(key, 0, 1));
        Assert.Equal(["a", "b"], db.SortedSetRangeByScore(key, 1.5, 2));
        Assert.Equal(["b"], db.SortedSetRangeByScore(key, 1.5, 2, Exclude.Start));
        Assert.Equal(["a"], db.SortedSetRangeByScore(key, 1.5, 2, Exclude.Stop));
        Assert.Equal(["b", "a"], db.SortedSetRangeByScore(key, 1.5, 2, order: Order.Descending));
        Assert.Equal(["b"], db.SortedSetRangeByScore(key, skip: 1, take: 1));
        Assert.Equal([new("b", 2)], await db.SortedSetRangeByScoreWithScoresAsync(key, 2, 3));
        Assert.Equal(3, db.SortedSetLength(key));
        Assert.Equal(2, db.SortedSetLength(key, 1, 2));
        Assert.Equal(4.5, db.SortedSetIncrement(key, "a", 3));
        Assert.True(db.SortedSetRemove(key, "b"));
        Assert.Equal(1, db.SortedSetRemoveRangeByScore(key, 4, 5));
        Assert.Equal(1, db.SortedSetRemoveRangeByRank(key, 0, -1));
        Assert.Equal(0, await db.SortedSetRemoveAsync(key, ["a", "c"]));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task Streams(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();

        Assert.Equal("1-0", db.StreamAdd(key, "step", 10, "1-0"));
        Assert.Equal("2-0", await db.StreamAddAsync(key, [new("step", 20), new("reward", 1)], "2-0"));
        Assert.Equal("3-0", db.StreamAdd(key, "step", 30, "3-0"));

        var entries = db.StreamRange(key, "2-0");
        Assert.Equal(["2-0", "3-0"], entries.Select(entry => entry.Id));
        Assert.Equal([new("step", 20), new("reward", 1)], entries[0].Values);
        Assert.Equal(1, (int)entries[0]["reward"]);
        Assert.True(entries[0]["none"].IsNull);
        Assert.Equal("3-0", (await db.StreamRangeAsync(key, count: 1, messageOrder: Order.Descending)).Single().Id);
        Assert.Equal(3, db.StreamLength(key));
        Assert.Equal(2, db.StreamTrim(key, 1));
        Assert.Equal(1, await db.StreamLengthAsync(key));
        db.StreamAdd(key, "step", 40, "4-0", maxLength: 1);
        Assert.Equal("4-0", db.StreamRange(key).Single().Id);
    }
}
