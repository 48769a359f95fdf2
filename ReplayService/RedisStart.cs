using System.Diagnostics.Metrics;
using DqnAspire.ReplayService.Homes;

namespace DqnAspire.ReplayService;

/// <summary>Tells at the start which Redis the service has and which tables are there; begins to measure.</summary>
internal sealed partial class RedisStart(IMeterFactory meters, ITableHome home, ILogger<RedisStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var tables = ((RedisHome)home).Tables;
        RedisMetrics.Observe(meters, tables.Traffic);
        LogTables(logger, tables.Address, tables.Names.Count, string.Join(", ", tables.Names));
        if (!tables.IsDurable)
        {
            LogNotDurable(logger, tables.Address);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis at {Address} holds {Count} tables: {Names}")]
    private static partial void LogTables(ILogger logger, string address, int count, string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis at {Address} writes no append-only file (appendonly yes): what is acknowledged is lost when it ends")]
    private static partial void LogNotDurable(ILogger logger, string address);
}
