using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Runs the health checks of resources that run, and says when a resource is ready.</summary>
/// <remarks>
/// The real package checks every second until a resource is healthy, then every 30 seconds. Here starting services is a
/// matter of tenths of a second, so the first checks come faster, and a dashboard should not show a dead service as healthy for long.
/// </remarks>
internal sealed class ResourceHealthMonitor(
    ILogger<ResourceHealthMonitor> logger,
    ResourceNotificationService notifications,
    HealthCheckService healthChecks,
    IDistributedApplicationEventing eventing,
    IServiceProvider services) : BackgroundService
{
    private static readonly TimeSpan StartingInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UnhealthyInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Each start of an instance begins a new watch over its resource, from the beginning.
        var running = new Dictionary<string, DateTime>();
        var watches = new Dictionary<IResource, CancellationTokenSource>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                var startTime = change.Snapshot.State?.Text == KnownResourceStates.Running ? change.Snapshot.StartTimeStamp : null;
                var known = running.TryGetValue(change.ResourceId, out var previous);
                if (startTime == (known ? previous : null))
                {
                    continue;
                }

                if (watches.Remove(change.Resource, out var watch))
                {
                    await watch.CancelAsync().ConfigureAwait(false);
                    watch.Dispose();
                }

                if (startTime is null)
                {
                    running.Remove(change.ResourceId);
                }
                else
                {
                    running[change.ResourceId] = startTime.Value;
                }

                if (change.Resource.GetInstanceIds().All(running.ContainsKey))
                {
                    watch = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    watches[change.Resource] = watch;
                    var token = watch.Token;
                    _ = Task.Run(() => WatchAsync(change.Resource, token), token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
        finally
        {
            foreach (var watch in watches.Values)
            {
                await watch.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task WatchAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
            var ready = false;
            while (true)
            {
                var healthy = keys.Count == 0 || await CheckAsync(resource, keys, cancellationToken).ConfigureAwait(false);
                if (healthy && !ready)
                {
                    ready = true;
                    await PublishReadyAsync(resource, cancellationToken).ConfigureAwait(false);
                }

                if (keys.Count == 0)
                {
                    return;
                }

                await Task.Delay(healthy ? HealthyInterval : ready ? UnhealthyInterval : StartingInterval, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The resource does not run any more.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Watching the health of resource '{ResourceName}' ended.", resource.Name);
        }
    }

    private async Task<bool> CheckAsync(IResource resource, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var report = await healthChecks.CheckHealthAsync(registration => keys.Contains(registration.Name), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var now = DateTime.UtcNow;
        ImmutableArray<HealthReportSnapshot> reports = [.. keys.Select(key => report.Entries.TryGetValue(key, out var entry)
            ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.ToString()) { LastRunAt = now }
            : new HealthReportSnapshot(key, HealthStatus.Unhealthy, $"No health check '{key}' is registered.", null) { LastRunAt = now })];
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot.State?.Text == KnownResourceStates.Running
            ? snapshot with { HealthReports = reports }
            : snapshot).ConfigureAwait(false);
        return reports.All(entry => entry.Status == HealthStatus.Healthy);
    }

    private async Task PublishReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        // Those who wait observe how the handlers ended, so a failure is theirs to report.
        var handlers = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot.State?.Text == KnownResourceStates.Running
            ? snapshot with { ReadyEvent = handlers }
            : snapshot).ConfigureAwait(false);
    }
}
