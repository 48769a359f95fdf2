using DqnAspire.Replay.Storage;
using DqnAspire.ReplayService.Homes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DqnAspire.ReplayService;

/// <summary>Whether Redis answers; without it tables can be neither read nor written.</summary>
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
