using DqnAspire.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace DqnAspire.Services.Tests;

/// <summary>
/// The same, with experience in a real Redis, set up as AppHost does it; where none is installed nothing is started,
/// and tests skip.
/// </summary>
public sealed class RedisSystem : TestSystem
{
    private RedisServerProcess? _server;

    /// <summary>The server's address.</summary>
    public string Address => _server!.Address;

    protected override string[] ReplaySettings => [$"--ConnectionStrings:redis={Address}"];

    /// <summary>Skips a test where no server is installed.</summary>
    public static void SkipWithoutServer() =>
        Assert.SkipUnless(
            RedisServerProcess.IsInstalled, "redis-server is not installed (Debian package redis-server).");

    public override async ValueTask InitializeAsync()
    {
        if (RedisServerProcess.IsInstalled)
        {
            _server = await RedisServerProcess.StartAsync("--appendonly", "yes", "--appendfsync", "no");
            await base.InitializeAsync();
        }
    }

    /// <summary>Starts a second ReplayService on the same Redis.</summary>
    public async Task<SecondReplay> StartSecondAsync()
    {
        var app = BuildReplay();
        await app.StartAsync();
        return new SecondReplay(app, new(Channel(app)));
    }

    /// <summary>Ends the server at once.</summary>
    public Task KillServerAsync() => _server!.KillAsync();

    /// <summary>Starts the server again.</summary>
    public Task StartServerAsync() => _server!.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>A ReplayService beside the system's own.</summary>
    public sealed class SecondReplay(
        WebApplication app, Contracts.Replay.V1.ReplayService.ReplayServiceClient client) : IAsyncDisposable
    {
        public Contracts.Replay.V1.ReplayService.ReplayServiceClient Client => client;

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
