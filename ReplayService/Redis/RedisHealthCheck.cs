using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DqnAspire.ReplayService.Redis;

/// <summary>
/// Whether there is a Redis that takes writes and answers; without it tables can be neither read nor written.
/// </summary>
/// <remarks>
/// It replaces the check of Aspire's package, which asks every server that the connection string names: after a
/// failover that check calls the service unhealthy for as long as the old primary is away, and healthy where only a
/// replica answers. It also waits for the client's time-out, and logs a stack trace.
/// </remarks>
internal sealed class RedisHealthCheck(RedisReplayEngine engine, RedisState state) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var time = await engine.PingAsync(cancellationToken).WaitAsync(
                Limit, cancellationToken).ConfigureAwait(false);
            // The setting can be changed while the server runs.
            await engine.ThrowIfEvictingAsync(cancellationToken).WaitAsync(
                Limit, cancellationToken).ConfigureAwait(false);
            state.IsWell();
            return HealthCheckResult.Healthy(
                $"Redis at {engine.Address} answers in {time.TotalMilliseconds:F1} ms"
                + $"{(engine.IsDurable ? "" : "; it writes no append-only file")}.");
        }
        catch (ReplayStoreException e)
        {
            if (e.Problem == StoreProblem.Away)
            {
                state.IsAway(e.Message);
            }
            else
            {
                state.IsUnfit(e.Message);
            }

            return HealthCheckResult.Unhealthy(e.Message);
        }
        catch (TimeoutException)
        {
            state.IsAway($"no answer within {Limit.TotalSeconds} s");
            return HealthCheckResult.Unhealthy(
                $"Redis at {engine.Address} has not answered within {Limit.TotalSeconds} s.");
        }
    }
}
