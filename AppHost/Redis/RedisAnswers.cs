using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace DqnAspire.AppHost.Redis;

/// <summary>Whether a Redis answers; while it still reads its data it does not.</summary>
/// <param name="connectionString">How it is reached.</param>
internal sealed class RedisAnswers(string connectionString) : IHealthCheck
{
    private const int LimitMilliseconds = 1000;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        (options.ConnectRetry, options.ConnectTimeout, options.SyncTimeout) = (1, LimitMilliseconds, LimitMilliseconds);
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken);
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is RedisException or RedisTimeoutException)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
