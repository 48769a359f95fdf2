using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.AppHost;

/// <summary>Watches for a service that cannot be started or is gone for good, so that nobody waits for it.</summary>
internal sealed class ResourceFailures : IDisposable
{
    private static readonly TimeSpan ReasonTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended;
    private readonly TaskCompletionSource<Exception> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to watch.</summary>
    public ResourceFailures(DistributedApplication app, CancellationToken cancellationToken)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = WatchAsync(app.ResourceNotifications, app.Services.GetRequiredService<ResourceLoggerService>(), _ended.Token);
    }

    /// <summary>Waits for work, or for the first failure, whichever is earlier.</summary>
    /// <exception cref="ResourceFailedException">A service failed.</exception>
    public async Task GuardAsync(Task work)
    {
        var first = await Task.WhenAny(work, _failure.Task).ConfigureAwait(false);
        if (first == work && work.IsFaulted)
        {
            // Work that waits for a service fails with the service; the service's own reason says more and is on its way.
            first = await Task.WhenAny(_failure.Task, Task.Delay(ReasonTime)).ConfigureAwait(false);
        }

        if (first == _failure.Task)
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

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task WatchAsync(ResourceNotificationService notifications, ResourceLoggerService logs, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                if (IsFailure(change.Snapshot.State))
                {
                    _failure.TrySetResult(new ResourceFailedException(await ReasonAsync(logs, change, cancellationToken).ConfigureAwait(false)));
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over: nobody waits any more.
        }
    }

    /// <summary>A crash that is followed by a restart is no failure yet, nor is a service that its user stopped.</summary>
    private static bool IsFailure(ResourceStateSnapshot? state) =>
        state?.Text == KnownResourceStates.FailedToStart
        || (state?.Text == KnownResourceStates.Exited && state.Style == KnownResourceStateStyles.Error);

    /// <summary>The service's own last word on it: the line that begins with "error:", or else the last error in its log.</summary>
    private static async Task<string> ReasonAsync(ResourceLoggerService logs, ResourceEvent change, CancellationToken cancellationToken)
    {
        const string Prefix = "error: ";
        string? own = null;
        string? last = null;
        await foreach (var lines in logs.GetAllAsync(change.ResourceId).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in lines.Where(l => l.IsErrorMessage))
            {
                var start = line.Content.IndexOf(Prefix, StringComparison.Ordinal);
                own = start >= 0 ? line.Content[(start + Prefix.Length)..] : own;
                last = WithoutTime(line.Content);
            }
        }

        return $"service '{change.Resource.Name}' failed: {own ?? last ?? $"exit code {change.Snapshot.ExitCode}"}";
    }

    /// <summary>Log lines begin with the time at which they were written.</summary>
    private static string WithoutTime(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && DateTime.TryParse(line.AsSpan(0, end), CultureInfo.InvariantCulture, out _) ? line[(end + 1)..] : line;
    }
}
