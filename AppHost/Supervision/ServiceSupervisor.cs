using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Supervision;

/// <summary>
/// Starts crashed services again, which Aspire itself never does, and reports a service that cannot be started or
/// crashes too often. A service that the user stops, by the dashboard's command or SIGTERM, stays stopped.
/// </summary>
internal sealed partial class ServiceSupervisor(
    ResourceNotificationService notifications,
    ResourceCommandService commands,
    ResourceLoggerService logs,
    TimeProvider clock,
    ILogger<ServiceSupervisor> logger) : BackgroundService
{
    /// <summary>
    /// Exit code of a service that refuses to start; its log has the reason, and another try would end the same way.
    /// </summary>
    private const int RefusedToStart = 1;

    /// <summary>Aspire's name for its dashboard.</summary>
    private const string Dashboard = "aspire-dashboard";

    /// <summary>Time after which a dashboard counts as started.</summary>
    private static readonly TimeSpan DashboardStart = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Supervised> _services = new();
    private readonly TaskCompletionSource<Exception> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for work, or for the first service that fails, whichever is earlier.</summary>
    /// <exception cref="ServiceFailedException">A service failed.</exception>
    public async Task GuardAsync(Task work)
    {
        if (await Task.WhenAny(work, _failure.Task).ConfigureAwait(false) == _failure.Task)
        {
            throw await _failure.Task.ConfigureAwait(false);
        }

        await work.ConfigureAwait(false);
    }

    /// <inheritdoc cref="GuardAsync(Task)"/>
    public async Task<T> GuardAsync<T>(Task<T> work)
    {
        await GuardAsync((Task)work).ConfigureAwait(false);
        return await work.ConfigureAwait(false);
    }

    /// <summary>Whether the user stopped a service, or is stopping it.</summary>
    /// <param name="resource">Name of its resource.</param>
    public bool IsStopped(string resource) =>
        _services.Values.Any(service => service.Name == resource && service.IsStopped);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
        {
            if (change.Resource.Annotations.OfType<SupervisedAnnotation>().Any())
            {
                Observe(change, stoppingToken);
            }
            else if (change.Resource.Name == Dashboard)
            {
                ObserveDashboard(change, stoppingToken);
            }
        }
    }

    /// <summary>A dashboard that does not start is an error; one that ends later does not affect the run.</summary>
    private void ObserveDashboard(ResourceEvent change, CancellationToken stoppingToken)
    {
        if (change.Snapshot is { State.Text: "FailedToStart" or "Finished" or "Exited" } snapshot)
        {
            var ran = (snapshot.StopTimeStamp - snapshot.StartTimeStamp) ?? TimeSpan.Zero;
            if (ran < DashboardStart)
            {
                _ = FailAsync(change, "could not be started", stoppingToken);
            }
            else
            {
                DashboardEnded(snapshot.ExitCode);
            }
        }
    }

    private void Observe(ResourceEvent change, CancellationToken stoppingToken)
    {
        var service = _services.GetOrAdd(
            change.ResourceId, _ => new Supervised(change.Resource.Name, new RestartPolicy(clock)));
        var state = change.Snapshot.State?.Text;
        if (state == service.State)
        {
            return;
        }

        var before = service.State;
        service.State = state;
        switch (state)
        {
            // A late update can repeat the state from before a stop.
            case "Running" when before != "Stopping":
                service.IsStopped = false;
                service.Policy.Started();
                break;
            case "Stopping":
                service.IsStopped = true;
                break;
            case "FailedToStart":
                _ = FailAsync(change, "could not be started", stoppingToken);
                break;
            case "Finished" or "Exited" or "Terminated" when !service.IsStopped:
                OnEnded(change, service, stoppingToken);
                break;
        }
    }

    /// <summary>Handles the end of a process that was not stopped through Aspire.</summary>
    private void OnEnded(ResourceEvent change, Supervised service, CancellationToken stoppingToken)
    {
        switch (change.Snapshot.ExitCode)
        {
            case 0:
                // It was stopped by a signal from outside.
                service.IsStopped = true;
                break;
            case RefusedToStart:
                _ = FailAsync(change, $"ended with exit code {RefusedToStart}", stoppingToken);
                break;
            default:
                _ = RestartAsync(change, service, stoppingToken);
                break;
        }
    }

    private async Task RestartAsync(ResourceEvent change, Supervised service, CancellationToken stoppingToken)
    {
        try
        {
            var reason = $"exit code {change.Snapshot.ExitCode}";
            while (service.Policy.Crashed() is { } pause)
            {
                ServiceCrashed(service.Name, reason, service.Policy.Restarts, pause.TotalSeconds);
                await PublishAsync(change, service.Policy.Restarts, reason).ConfigureAwait(false);
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(false);
                var result = await commands
                    .ExecuteCommandAsync(change.ResourceId, KnownResourceCommands.StartCommand, stoppingToken)
                    .ConfigureAwait(false);
                if (result.Success)
                {
                    return;
                }

                reason = result.Message ?? "it could not be started";
            }

            await FailAsync(
                change,
                $"crashed again after {RestartPolicy.MaxRestarts} restarts ({reason})",
                stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The system stops.
        }
    }

    private Task PublishAsync(ResourceEvent change, int restarts, string reason) => notifications.PublishUpdateAsync(
        change.Resource,
        change.ResourceId,
        snapshot => snapshot with
        {
            Properties =
            [
                .. snapshot.Properties.Where(p => p.Name is not ("restarts" or "restart.reason")),
                new ResourcePropertySnapshot("restarts", restarts) { DisplayName = "Restarts", IsHighlighted = true },
                new ResourcePropertySnapshot("restart.reason", reason)
                {
                    DisplayName = "Last crash",
                    IsHighlighted = true,
                },
            ],
        });

    private async Task FailAsync(ResourceEvent change, string what, CancellationToken stoppingToken)
    {
        try
        {
            var reason = await ServiceLog.ReasonAsync(logs, change.ResourceId, stoppingToken).ConfigureAwait(false);
            var end = reason is null ? "." : $": {reason}";
            _failure.TrySetResult(new ServiceFailedException($"service '{change.Resource.Name}' {what}{end}"));
        }
        catch (OperationCanceledException)
        {
            // The system stops.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Service {Service} crashed ({Reason}); restart {Restarts} follows in {Seconds} s.")]
    private partial void ServiceCrashed(string service, string reason, int restarts, double seconds);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The dashboard ended (exit code {ExitCode}); training continues without it.")]
    private partial void DashboardEnded(int? exitCode);

    private sealed class Supervised(string name, RestartPolicy policy)
    {
        public string Name { get; } = name;

        public RestartPolicy Policy { get; } = policy;

        public string? State { get; set; }

        public volatile bool IsStopped;
    }
}
