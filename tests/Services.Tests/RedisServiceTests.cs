using System.Diagnostics;
using DqnAspire.Contracts.Common.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Storage;
using DqnAspire.TestSupport;
using Grpc.Core;
using Grpc.Net.Client;
using StackExchange.Redis;
using ReplayClient = DqnAspire.Contracts.Replay.V1.ReplayService.ReplayServiceClient;

namespace DqnAspire.Services.Tests;

/// <summary>
/// ReplayService and the Redis that its connection string names: which it starts with, and what it says.
/// </summary>
public sealed class RedisServiceTests
{
    private const string Password = "correct-horse";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARedisThatIsNotThere_KeepsTheServiceFromStarting()
    {
        await using var service = ReplayService.Application.Build(["--ConnectionStrings:redis=127.0.0.1:1"]);

        var error = await Assert.ThrowsAsync<ReplayStoreException>(() => service.StartAsync(Cancellation));

        Assert.StartsWith("Redis at 127.0.0.1:1 cannot be reached", error.Message, StringComparison.Ordinal);
        // It listened to nobody before.
        Assert.Empty(service.Urls);
    }

    [Fact]
    public void AConnectionStringThatIsNone_IsToldBeforeAnythingStarts()
    {
        var error = Assert.Throws<ReplayStoreException>(
            () => ReplayService.Application.Build([$"--ConnectionStrings:redis=redis://:{Password}@127.0.0.1"]));

        Assert.Contains("ConnectionStrings:redis", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--ConnectionStrings:redis=")]
    public async Task WithoutAConnectionString_NothingOfRedisIsThere(string argument)
    {
        await using var service = ReplayService.Application.Build([argument]);

        Assert.Null(service.Services.GetService(typeof(IConnectionMultiplexer)));
        Assert.Null(service.Services.GetService(typeof(RedisReplayEngine)));
    }

    [Fact]
    public async Task AWrongPassword_EndsTheProcessWithOneLine()
    {
        await using var server = await RedisServerProcess.StartAsync("--requirepass", "another");
        using var service = Service($"{server.Address},password={Password},connectTimeout=1000");

        service.Start();

        Assert.Equal(1, await service.EndAsync(Cancellation));
        var line = Assert.Single(service.Lines, line => line.StartsWith("error:", StringComparison.Ordinal));
        Assert.Equal($"error: Redis at {server.Address} refuses the user or the password; set password= (and user=) "
            + "in ConnectionStrings:redis.", line);
        Assert.DoesNotContain(service.Lines, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OverTls_WithUserAndPassword_ThroughAKill_NothingThatItSaysHasThePassword()
    {
        using var certificates = new RedisCertificates();
        await using var server = await RedisServerProcess.StartAsync(
            [.. certificates.ServerSettings, "--user", "replay", "on", $">{Password}", "~dqn:replay:*", "+@all",
                "-@dangerous", "+info", "--user", "default", "off", "--appendonly", "yes"]);
        using var service = Service(
            $"{server.Address},ssl=true,checkCertificateRevocation=false,user=replay,password={Password}",
            new Dictionary<string, string> { ["SERedis_IssuerCertPath"] = certificates.Issuer });
        service.Start();
        using var channel = GrpcChannel.ForAddress(service.Address);
        var client = new ReplayClient(channel);
        var table = new TableSpec
        {
            Name = "secret",
            Capacity = 10,
            ObservationShape = { 1 },
            ElementType = ElementType.Uint8
        };
        await UntilAsync(() => client.ListAsync(new ListRequest(), cancellationToken: Cancellation).ResponseAsync);
        await client.CreateAsync(new CreateRequest { Spec = table }, cancellationToken: Cancellation);

        await server.KillAsync();
        var described =
            client.ResetAsync(new ResetRequest { Table = "secret" }, cancellationToken: Cancellation).ResponseAsync;
        await server.StartAsync();
        await described;
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(service.HttpAddress, "/metrics"), Cancellation);

        Assert.Contains("dqn_replay_redis_round_trips", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, metrics, StringComparison.Ordinal);
        Assert.Contains(
            service.Lines, line => line.Contains($"Redis at {server.Address} is away", StringComparison.Ordinal));
        Assert.Contains(
            service.Lines, line => line.Contains($"Redis at {server.Address} is back", StringComparison.Ordinal));
        // The client's own lines, which are off by default, too.
        Assert.Contains(service.Lines, line =>
            line.Contains("StackExchange.Redis.ConnectionMultiplexer", StringComparison.Ordinal));
        Assert.DoesNotContain(service.Lines, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SpansOfCommands_AreThereWhereTheyAreAskedFor_AndHaveNoPassword()
    {
        await using var server = await RedisServerProcess.StartAsync("--requirepass", Password);
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.Contains("StackExchangeRedis", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);

        await RunAsync($"{server.Address},password={Password}");
        Assert.Empty(spans);
        await RunAsync($"{server.Address},password={Password}", "--Aspire:StackExchange:Redis:DisableTracing=false");

        Assert.Contains(spans, span => span.DisplayName == "SMEMBERS");
        Assert.DoesNotContain(spans.SelectMany(span => span.TagObjects), tag =>
            $"{tag.Value}".Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RedisAwayOrEvicting_IsOneLineForEachChange_AndNewTablesAreRefused()
    {
        await using var server = await RedisServerProcess.StartAsync();
        using var service = Service(server.Address);
        service.Start();
        using var channel = GrpcChannel.ForAddress(service.Address);
        var client = new ReplayClient(channel);
        await UntilAsync(() => client.ListAsync(new ListRequest(), cancellationToken: Cancellation).ResponseAsync);
        using var http = new HttpClient();
        var health = new Uri(service.HttpAddress, "/health");

        await using (var direct = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true"))
        {
            await direct.GetServers()[0].ConfigSetAsync("maxmemory", "100mb");
            await direct.GetServers()[0].ConfigSetAsync("maxmemory-policy", "allkeys-lru");
            for (var i = 0; i < 3; i++)
            {
                Assert.False((await http.GetAsync(health, Cancellation)).IsSuccessStatusCode);
            }

            var table = new TableSpec
            {
                Name = "t",
                Capacity = 10,
                ObservationShape = { 1 },
                ElementType = ElementType.Uint8,
            };
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
                await client.CreateAsync(new CreateRequest { Spec = table }, cancellationToken: Cancellation));
            Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
            Assert.Contains("maxmemory-policy allkeys-lru", error.Status.Detail, StringComparison.Ordinal);
            await direct.GetServers()[0].ConfigSetAsync("maxmemory-policy", "noeviction");
        }

        Assert.True((await http.GetAsync(health, Cancellation)).IsSuccessStatusCode);
        await server.KillAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.False((await http.GetAsync(health, Cancellation)).IsSuccessStatusCode);
        }

        await server.StartAsync();
        while (!(await http.GetAsync(health, Cancellation)).IsSuccessStatusCode)
        {
            await Task.Delay(20, Cancellation);
        }

        Assert.Single(service.Lines, line => line.Contains("would evict experience", StringComparison.Ordinal));
        Assert.Single(service.Lines, line => line.Contains(" is away (", StringComparison.Ordinal));
        Assert.Equal(2, service.Lines.Count(line => line.Contains(" is back", StringComparison.Ordinal)));
        Assert.DoesNotContain(service.Lines, line => line.Contains("Health check", StringComparison.Ordinal));
    }

    private static async Task RunAsync(string redis, params string[] arguments)
    {
        await using var service =
            ReplayService.Application.Build(
                ["--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0",
                $"--ConnectionStrings:redis={redis}", .. arguments]);
        await service.StartAsync(Cancellation);
        await service.StopAsync(Cancellation);
    }

    private static ServiceProcess Service(string redis, IReadOnlyDictionary<string, string>? variables = null) =>
        new("DqnAspire.ReplayService.dll")
        {
            Arguments =
        [
            $"--ConnectionStrings:redis={redis}", "--Logging:LogLevel:StackExchange.Redis=Trace",
            "--Logging:LogLevel:DqnAspire=Trace", "--Logging:LogLevel:Aspire=Trace",
        ],
            Variables = variables ?? new Dictionary<string, string>(),
        };

    private static async Task UntilAsync(Func<Task> call)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                // It does not listen yet.
                await Task.Delay(20, Cancellation);
            }
        }
    }
}
