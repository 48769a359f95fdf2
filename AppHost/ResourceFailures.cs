namespace DqnAspire.AppHost;

/// <summary>Watches for a service that cannot be started or is gone for good, so that nobody waits for it.</summary>
internal sealed class ResourceFailures : IDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly TaskCompletionSource<Exception> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to watch.</summary>
    public ResourceFailures(ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = WatchAsync(notifications, _ended.Token);
    }

    /// <summary>Waits for work, or for the first failure, whichever is earlier.</summary>
    /// <exception cref="ResourceFailedException">A service failed.</exception>
    public async Task GuardAsync(Task work)
    {
        if (await Task.WhenAny(work, _failure.Task).ConfigureAwait(false) != work)
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

    private async Task WatchAsync(ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                if (change.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
                {
                    _failure.TrySetResult(new ResourceFailedException(Reason(change)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over: nobody waits any more.
        }
    }

    private static string Reason(ResourceEvent change) => $"Resource '{change.Resource.Name}' failed to start.";
}
