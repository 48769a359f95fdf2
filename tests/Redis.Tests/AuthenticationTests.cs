using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

public sealed class AuthenticationTests
{
    [Theory, ClassData(typeof(Protocols))]
    public async Task APasswordIsNeededAndChecked(RedisProtocol protocol)
    {
        await using var server = await RedisServerProcess.StartAsync("--requirepass", "secret");

        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},password=secret", options => options.Protocol = protocol);
        Assert.True(redis.GetDatabase().StringSet("a", 1));
        Assert.Equal(protocol, redis.GetServers()[0].Protocol);

        foreach (var settings in (string[])["", ",password=wrong"])
        {
            var error = await Assert.ThrowsAsync<RedisConnectionException>(
                () => ConnectionMultiplexer.ConnectAsync($"{server.Address}{settings}", options => options.Protocol = protocol));
            Assert.Equal(ConnectionFailureType.AuthenticationFailure, error.FailureType);
            Assert.Contains(settings.Length > 0 ? "WRONGPASS" : "NOAUTH", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("password=", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal($"{server.Address},password=secret,protocol={protocol}".ToLowerInvariant(), redis.Configuration);
    }

    [Theory, ClassData(typeof(Protocols))]
    public async Task AUserMayDoWhatItsRulesSay(RedisProtocol protocol)
    {
        await using var server = await RedisServerProcess.StartAsync("--user", "replay", "on", ">pass", "~table:*", "+@all", "-@dangerous", "--user", "default", "off");

        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},user=replay,password=pass,name=actor 1", options => options.Protocol = protocol);
        var db = redis.GetDatabase();

        Assert.True(await db.StringSetAsync("table:a", 1));
        Assert.Equal("replay", (string?)db.Execute("ACL", "WHOAMI"));
        Assert.Equal("actor1", (string?)db.Execute("CLIENT", "GETNAME"));
        var error = Assert.Throws<RedisServerException>(() => db.StringSet("other", 1));
        Assert.StartsWith("NOPERM", error.Message, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync($"{server.Address},user=nobody,password=pass"));
        Assert.Equal(ConnectionFailureType.AuthenticationFailure, refused.FailureType);
    }

    [Fact]
    public async Task AServerThatDoesNotKnowHelloIsSpokenToInResp2()
    {
        await using var server = await RedisServerProcess.StartAsync("--rename-command", "HELLO", "");

        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},protocol=resp3");

        Assert.Equal(RedisProtocol.Resp2, redis.GetServers()[0].Protocol);
        Assert.InRange(redis.GetServers()[0].Version, new Version(6, 0), new Version(99, 0));
        Assert.True(redis.GetDatabase().StringSet("a", 1));
    }
}
