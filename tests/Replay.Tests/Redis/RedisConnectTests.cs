using System.Net;
using System.Net.Sockets;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Storage;
using DqnAspire.TestSupport;
using StackExchange.Redis;

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>Which servers are taken, and how one that is not is named. Each test has a server of its own.</summary>
public sealed class RedisConnectTests
{
    private static readonly RedisStoreOptions Options = new() { CacheBytes = 0, Patience = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData("password", "--requirepass", "secret")]
    [InlineData("maxmemory-policy noeviction", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")]
    [InlineData("read-only replica", "--replicaof", "127.0.0.1 1")]
    [InlineData("is a cluster", "--cluster-enabled", "yes")]
    public async Task AServerThatCannotHoldTables_IsRefused_WithWhatToDo(string message, params string[] settings)
    {
        await using var server = await RedisServerProcess.StartAsync(settings);

        var error = await Assert.ThrowsAsync<ReplayStoreException>(
            () => RedisConnection.OpenAsync(server.Address, Options));

        AssertOneLine(error, StoreProblem.Refused, message, server.Address);
    }

    [Fact]
    public async Task AReplicaBesideItsPrimary_IsNoReasonToRefuse()
    {
        await using var primary = await RedisServerProcess.StartAsync();
        await using var replica = await RedisServerProcess.StartAsync("--replicaof", $"127.0.0.1 {primary.Port}");

        await using var connection = await RedisConnection.OpenAsync($"{replica.Address},{primary.Address}", Options);

        Assert.Equal($"{replica.Address} or {primary.Address}", connection.Tables.Address);
        await CrashTable.AppendAsync(CrashTable.Create(connection.Tables), 10);
    }

    [Theory]
    [InlineData("password=guess")]
    [InlineData("user=replay,password=guess")]
    [InlineData("user=guess,password=secret")]
    public async Task AWrongUserOrPassword_IsTold_AndNotShown(string credentials)
    {
        await using var server = await RedisServerProcess.StartAsync(
            "--requirepass", "secret", "--user", "replay", "on", ">secret", "~*", "+@all");

        var error = await Assert.ThrowsAsync<ReplayStoreException>(
            () => RedisConnection.OpenAsync($"{server.Address},connectTimeout=1000,{credentials}", Options));

        AssertOneLine(error, StoreProblem.Refused, "refuses the user or the password", server.Address);
        Assert.DoesNotContain("guess", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        await using var connection = await RedisConnection.OpenAsync(
            $"{server.Address},user=replay,password=secret", Options);
        Assert.Equal(server.Address, connection.Tables.Address);
    }

    [Fact]
    public async Task AUserWithTheRulesThatTheErrorNames_MayDoAll()
    {
        await using var server = await RedisServerProcess.StartAsync(
            "--user", "replay", "on", ">pass", "~dqn:replay:*", "+@all", "-@dangerous", "+info",
            "--user", "reader", "on", ">pass", "~dqn:replay:*", "+@read", "+@connection", "+info");
        await using var connection = await RedisConnection.OpenAsync(
            $"{server.Address},user=replay,password=pass", Options);
        using var table = CrashTable.Create(connection.Tables);
        await CrashTable.AppendAsync(table, 300);
        CrashTable.AssertWhole(table);
        await using var reading = await RedisConnection.OpenAsync(
            $"{server.Address},user=reader,password=pass", Options);

        var error = Assert.Throws<ReplayStoreException>(() => CrashTable.Open(reading.Tables));

        AssertOneLine(error, StoreProblem.Refused, "allow ~dqn:replay:* +@all -@dangerous +info", server.Address);
        Assert.True(connection.Tables.Delete("crash"));
    }

    [Fact]
    public async Task AnOldServer_IsRefused()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var old = new OldRedis(server.Port);

        var error = await Assert.ThrowsAsync<ReplayStoreException>(
            () => RedisConnection.OpenAsync(old.Address, Options));

        AssertOneLine(error, StoreProblem.Refused, "tables need 6.0 or later", "is of version 5.0.");
    }

    [Fact]
    public async Task NoServer_IsNamed()
    {
        var error = await Assert.ThrowsAsync<ReplayStoreException>(
            () => RedisConnection.OpenAsync("127.0.0.1:1,connectTimeout=500", Options));

        AssertOneLine(error, StoreProblem.Away, "Redis at 127.0.0.1:1 cannot be reached", "ConnectionStrings:redis");
    }

    [Fact]
    public async Task AServerThatTakesConnectionsAndNeverAnswers_IsNamed()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var error = await Assert.ThrowsAsync<ReplayStoreException>(
            () => RedisConnection.OpenAsync($"{silent.LocalEndpoint},connectTimeout=200,connectRetry=1", Options));

        AssertOneLine(error, StoreProblem.Away, "cannot be reached", silent.LocalEndpoint.ToString()!);
    }

    [Fact]
    public async Task AServerThatComesLater_IsWaitedFor_WhereTheConnectionStringSaysSo()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await server.KillAsync();

        var opening = RedisConnection.OpenAsync($"{server.Address},abortConnect=false,connectTimeout=500", Options);
        await server.StartAsync();

        await using var connection = await opening;
        Assert.Empty(await connection.Tables.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OverTls_WithUserAndPassword_TablesAreAsAnyOther()
    {
        using var certificates = new RedisCertificates();
        await using var server = await RedisServerProcess.StartAsync(
        [
            .. certificates.ServerSettings,
            "--user", "replay", "on", ">pass", "~dqn:replay:*", "+@all", "--user", "default", "off",
        ]);
        await using var connection = await RedisConnection.OpenAsync(
            $"{server.Address},ssl=true,checkCertificateRevocation=false,user=replay,password=pass", Options, client =>
                client.TrustIssuer(certificates.Issuer));
        using var table = CrashTable.Create(connection.Tables);

        await CrashTable.AppendAsync(table, 300);
        await CrashTable.AppendAsync(table, 300);

        CrashTable.AssertWhole(table);
    }

    [Theory]
    [InlineData("ssl=true", false)]
    [InlineData("ssl=true,sslHost=other.test", true)]
    public async Task ACertificateThatIsNotTrusted_IsNamed(string settings, bool trusts)
    {
        using var certificates = new RedisCertificates();
        await using var server = await RedisServerProcess.StartAsync(certificates.ServerSettings);

        var error = await Assert.ThrowsAsync<ReplayStoreException>(() => RedisConnection.OpenAsync(
            $"{server.Address},checkCertificateRevocation=false,connectTimeout=1000,{settings}",
            Options,
            client =>
            {
                if (trusts)
                {
                    client.TrustIssuer(certificates.Issuer);
                }
            }));

        AssertOneLine(error, StoreProblem.Refused, "The TLS connection to Redis at", "certificate");
    }

    [Theory]
    // A host's name with a password in it, to the client.
    [InlineData("redis://user:secret@127.0.0.1:6379")]
    [InlineData("rediss://:secret@127.0.0.1")]
    [InlineData("redis://:se=secret@127.0.0.1")]
    [InlineData("user:secret@127.0.0.1:6379")]
    // A password with a comma: the rest is an address, or a setting, to the client.
    [InlineData("127.0.0.1:6379,password=first,secret")]
    [InlineData("127.0.0.1:6379,password=first,secret=1")]
    [InlineData("127.0.0.1:6379,ssl=secret")]
    [InlineData("127.0.0.1:6379,colour=red")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("password=secret")]
    [InlineData(",")]
    public void AConnectionStringThatIsNone_IsNamed_AndNothingOfItIsShown(string connectionString)
    {
        var error = Assert.Throws<ReplayStoreException>(() => RedisClientDefaults.Parse(connectionString));

        AssertOneLine(error, StoreProblem.Refused, "ConnectionStrings:redis is no connection string");
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:6379")]
    [InlineData("my_redis,ssl=true", "my_redis:6380")]
    [InlineData("[::1]:7000,cache.example:7001,password=a=b", "[::1]:7000 or cache.example:7001")]
    public void AddressesAreThoseOfTheConnectionString(string connectionString, string address)
    {
        var options = RedisClientDefaults.Parse(connectionString);

        var error = RedisProblems.Explain(
            new RedisTimeoutException(CommandFlags.None, "", CommandStatus.Unknown), options.EndPoints)!;

        Assert.Equal($"Redis at {address} does not answer.", error.Message);
    }

    [Theory]
    [InlineData(
        "READONLY You can't write against a read only replica.", StoreProblem.Refused, "is a read-only replica")]
    [InlineData(
        "ERR Error running script (call to f_0): @user_script:7: @user_script: 7: -READONLY You can't write against a "
        + "read only replica. ",
        StoreProblem.Refused,
        "is a read-only replica")]
    [InlineData(
        "ERR Error running script (call to f_0): @user_script:7: @user_script: 7: -OOM command not allowed when used "
        + "memory > 'maxmemory'. ",
        StoreProblem.Full,
        "its maxmemory")]
    [InlineData(
        "CLUSTERDOWN Hash slot not served", StoreProblem.Away, "is not ready: CLUSTERDOWN Hash slot not served")]
    [InlineData("ERR something else", StoreProblem.Refused, "answered: ERR something else")]
    public async Task WhatAServerAnswers_IsUnderstood_FromAScriptOfRedis6Too(
        string reply, StoreProblem problem, string message)
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var direct = await ConnectionMultiplexer.ConnectAsync(server.Address);
        var thrown = await Assert.ThrowsAsync<RedisServerException>(
            () => direct.GetDatabase().ScriptEvaluateAsync("return redis.error_reply(ARGV[1])", [], [reply]));

        var error = RedisProblems.Explain(thrown, direct.GetEndPoints())!;

        AssertOneLine(error, problem, message, server.Address);
    }

    [Fact]
    public void WhatTheConnectionStringSays_Wins()
    {
        var options = RedisClientDefaults.Parse(
            "127.0.0.1,abortConnect=false,connectRetry=4,syncTimeout=1234,configCheckSeconds=7,"
            + "allowAdmin=false,tiebreaker=mine");
        Assert.False(options.AbortOnConnectFail);
        Assert.False(options.AllowAdmin);
        Assert.Equal(
            (4, 1234, 1234, 7, "mine"),
            (
                options.ConnectRetry,
                options.SyncTimeout,
                options.AsyncTimeout,
                options.ConfigCheckSeconds,
                options.TieBreaker));

        var defaults = RedisClientDefaults.Parse("127.0.0.1");
        Assert.True(defaults.AbortOnConnectFail);
        Assert.True(defaults.AllowAdmin);
        Assert.Equal(
            (1, 5000, 5000, 1, ""),
            (
                defaults.ConnectRetry,
                defaults.SyncTimeout,
                defaults.AsyncTimeout,
                defaults.ConfigCheckSeconds,
                defaults.TieBreaker));
    }

    [Theory]
    [InlineData(0, 249, false)]
    [InlineData(0, 250, true)]
    [InlineData(2, 749, false)]
    [InlineData(2, 750, true)]
    [InlineData(1000, 1999, false)]
    [InlineData(1000, 2000, true)]
    public void ReconnectingIsTriedEveryTwoSecondsAtLeast(long attempts, int milliseconds, bool retries) =>
        Assert.Equal(
            retries, RedisClientDefaults.Parse("127.0.0.1").ReconnectRetryPolicy.ShouldRetry(attempts, milliseconds));

    private static void AssertOneLine(ReplayStoreException error, StoreProblem problem, params string[] parts)
    {
        Assert.Equal(problem, error.Problem);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Message.Length, 1, 300);
    }
}
