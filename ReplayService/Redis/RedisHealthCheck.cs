using DqnAspire.Replay.Storage;
using DqnAspire.ReplayService.Homes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DqnAspire.ReplayService.Redis;

/// <summary>Whether there is a Redis that takes writes and answers; without it tables can be neither read nor written.</summary>
/// <remarks>
/// In place of the check of Aspire's package, which asks every server that the connection string names: after a failover it would call the
/// service unhealthy for as long as the old primary is away, and healthy where only a replica answers. It also waits for the client's
/// timeout, and logs a stack trace.
/// </remarks>
internal sealed class RedisHealthCheck(RedisHome home) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var time = await home.Tables.PingAsync(cancellationToken).WaitAsync(Limit, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy(
                $"Redis at {home.Tables.Address} answers in {time.TotalMilliseconds:F1} ms{(home.Tables.IsDurable ? "" : "; it writes no append-only file")}.");
        }
        catch (ReplayStoreException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"Redis at {home.Tables.Address} has not answered within {Limit.TotalSeconds} s.");
        }
    }
}
