using System.Diagnostics.Metrics;
using DqnAspire.Replay.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DqnAspire.ReplayService.Redis;

/// <summary>
/// Connects before anything else starts, because the service is useless without its Redis. Logs which Redis and which
/// tables it has, tells RedisState when Redis is away and is back, and registers the metrics.
/// </summary>
internal sealed partial class RedisStart(
    IServiceProvider services,
    IOptions<ConfigurationOptions> client,
    IMeterFactory meters,
    ILogger<RedisStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var redis = Connect();
        var engine = services.GetRequiredService<RedisReplayEngine>();
        await engine.CheckAsync(cancellationToken).ConfigureAwait(false);
        RedisMetrics.Observe(meters, engine.Traffic);
        var names = await engine.ListAsync(cancellationToken).ConfigureAwait(false);
        LogTables(logger, engine.Address, names.Count, string.Join(", ", names));
        if (!engine.IsDurable)
        {
            LogNotDurable(logger, engine.Address);
        }

        Watch(redis);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the client connect: it does so when it is first resolved, so it is not injected.</summary>
    private IConnectionMultiplexer Connect()
    {
        try
        {
            return services.GetRequiredService<IConnectionMultiplexer>();
        }
        catch (RedisConnectionException e)
        {
            throw RedisProblems.Explain(e, client.Value.EndPoints)!;
        }
    }

    private void Watch(IConnectionMultiplexer redis)
    {
        var state = services.GetRequiredService<RedisState>();
        redis.ConnectionFailed += (_, e) =>
        {
            if (e.ConnectionType == ConnectionType.Interactive
                && e.FailureType != ConnectionFailureType.ConnectionDisposed)
            {
                state.IsAway(e.FailureType.ToString());
            }
        };
        redis.ConnectionRestored += (_, e) =>
        {
            if (e.ConnectionType == ConnectionType.Interactive)
            {
                state.IsWell();
            }
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis at {Address} holds {Count} tables: {Names}")]
    private static partial void LogTables(ILogger logger, string address, int count, string names);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Redis at {Address} writes no append-only file (appendonly yes): "
            + "what is acknowledged is lost when it ends")]
    private static partial void LogNotDurable(ILogger logger, string address);
}
