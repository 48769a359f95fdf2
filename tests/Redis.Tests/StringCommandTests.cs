using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class StringCommandTests(SharedServer server)
{
    [Theory, ClassData(typeof(Protocols))]
    public async Task ValuesAreWrittenAndRead(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var (a, b, missing) = (server.NewKey(), server.NewKey(), server.NewKey());

        Assert.True(db.StringSet(a, "one"));
        Assert.True(await db.StringSetAsync(b, 2));
        Assert.Equal("one", (string?)db.StringGet(a));
        Assert.Equal(2, (int)await db.StringGetAsync(b));
        Assert.True(db.StringGet(missing).IsNull);
        Assert.Equal(["one", RedisValue.Null, 2], db.StringGet([a, missing, b]));
        Assert.Equal([RedisValue.Null, "one"], await db.StringGetAsync([missing, a]));
        Assert.Empty(db.StringGet([]));
        Assert.Equal(3, db.StringLength(a));
        Assert.Equal("ne", (string?)db.StringGetRange(a, 1, -1));
        Assert.Equal("one", (string?)db.StringGetSet(a, "ONE"));
        Assert.Equal(6, db.StringAppend(a, "two"));
        Assert.Equal(6, (int)db.StringSetRange(a, 3, "TWO"));
        Assert.Equal("ONETWO", (string?)db.StringGetDelete(a));
        Assert.False(db.KeyExists(a));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task ConditionsDecideWhatIsWritten(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var (a, b) = (server.NewKey(), server.NewKey());

        Assert.False(db.StringSet(a, 1, when: When.Exists));
        Assert.True(db.StringSet(a, 1, when: When.NotExists));
        Assert.False(await db.StringSetAsync(a, 2, TimeSpan.FromSeconds(10), When.NotExists));
        Assert.True(await db.StringSetAsync(a, 3, TimeSpan.FromSeconds(10), When.Exists));
        Assert.InRange(db.KeyTimeToLive(a)!.Value, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        Assert.True(db.StringSet(a, 4, null, keepTtl: true));
        Assert.NotNull(db.KeyTimeToLive(a));
        Assert.Equal(4, (int)db.StringSetAndGet(a, 5));
        Assert.Null(db.KeyTimeToLive(a));
        Assert.False(db.StringSet([new(a, 1), new(b, 1)], When.NotExists));
        Assert.True(db.StringSet([new(a, 6), new(b, 7)]));
        Assert.Equal([6, 7], await db.StringGetAsync([a, b]));
        Assert.True(db.StringSet(a, RedisValue.Null));
        Assert.False(db.KeyExists(a));
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task NumbersAreCounted(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var (whole, real) = (server.NewKey(), server.NewKey());

        Assert.Equal(1, db.StringIncrement(whole));
        Assert.Equal(11, await db.StringIncrementAsync(whole, 10));
        Assert.Equal(8, db.StringDecrement(whole, 3));
        Assert.Equal(0.5, db.StringIncrement(real, 0.5));
        Assert.Equal(0.25, await db.StringDecrementAsync(real, 0.25));

        db.StringSet(whole, "many");
        var error = Assert.Throws<RedisServerException>(() => db.StringIncrement(whole));
        Assert.Equal("ERR value is not an integer or out of range", error.Message);
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task ALeaseHoldsTheBytesOfAValue(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var (key, missing) = (server.NewKey(), server.NewKey());
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        db.StringSet(key, bytes);

        var plain = db.StringGetAsync(key);
        using var lease = await db.StringGetLeaseAsync(key);
        Assert.Equal(bytes, lease!.Span);
        Assert.Equal(bytes, (byte[]?)await plain);
        Assert.Null(db.StringGetLease(missing));
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.Memory);
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task EveryByteSurvives(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value), .. "\r\n$5\r\n\0"u8];
        RedisKey key = (byte[])[.. (byte[])server.NewKey()!, .. all];

        db.StringSet(key, all.AsMemory(3, 200));

        Assert.Equal(all.AsSpan(3, 200), ((ReadOnlyMemory<byte>)db.StringGet(key)).Span);
        Assert.True(db.KeyExists(key));
        db.StringSet(key, "");
        Assert.Equal(RedisValue.EmptyString, db.StringGet(key));
        Assert.False(db.StringGet(key).IsNull);
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task AValueOf32MebibytesGoesThereAndBack(RedisProtocol protocol)
    {
        await using var redis = await server.ConnectAsync(protocol);
        var db = redis.GetDatabase();
        var key = server.NewKey();
        var bytes = new byte[32 * 1024 * 1024];
        new Random(2).NextBytes(bytes);

        var written = db.StringSetAsync(key, bytes);
        var behind = db.StringLengthAsync(key);

        Assert.True(await written);
        Assert.Equal(bytes.Length, await behind);
        var read = (byte[]?)await db.StringGetAsync(key);
        Assert.True(bytes.AsSpan().SequenceEqual(read));
        db.KeyDelete(key);
    }
}
