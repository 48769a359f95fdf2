using System.Diagnostics.Metrics;
using DqnAspire.Replay.Redis;
using DqnAspire.ReplayService.Homes;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DqnAspire.ReplayService.Redis;

/// <summary>
/// Connects before anything else starts, as the service is of no use without its Redis. Says which Redis and which tables it has, and later when Redis is away
/// and is back; begins to measure.
/// </summary>
internal sealed partial class RedisStart(
    IServiceProvider services,
    IOptions<ConfigurationOptions> client,
    IOptions<ReplayOptions> options,
    RedisHome home,
    IMeterFactory meters,
    ILogger<RedisStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var redis = Connect();
        await home.ConnectAsync(redis, cancellationToken).ConfigureAwait(false);
        var tables = home.Tables;
        RedisMetrics.Observe(meters, tables.Traffic);
        var names = await tables.ListAsync(cancellationToken).ConfigureAwait(false);
        LogTables(logger, tables.Address, names.Count, string.Join(", ", names));
        if (!tables.IsDurable)
        {
            LogNotDurable(logger, tables.Address);
        }

        Watch(redis);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the client connect, which it does when it is first asked for.</summary>
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
        redis.ConnectionFailed += (_, e) =>
        {
            if (e is { ConnectionType: ConnectionType.Interactive, FailureType: not ConnectionFailureType.ConnectionDisposed })
            {
                LogAway(logger, home.Tables.Address, e.FailureType, options.Value.RedisPatienceSeconds);
            }
        };
        redis.ConnectionRestored += (_, e) =>
        {
            if (e.ConnectionType == ConnectionType.Interactive)
            {
                LogBack(logger, home.Tables.Address);
            }
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis at {Address} holds {Count} tables: {Names}")]
    private static partial void LogTables(ILogger logger, string address, int count, string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis at {Address} writes no append-only file (appendonly yes): what is acknowledged is lost when it ends")]
    private static partial void LogNotDurable(ILogger logger, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis at {Address} is away ({Failure}); calls wait for it up to {Patience} s")]
    private static partial void LogAway(ILogger logger, string address, ConnectionFailureType failure, double patience);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis at {Address} is back")]
    private static partial void LogBack(ILogger logger, string address);
}
