using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of each resource and tells about its changes.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider _serviceProvider;
    private readonly ResourceLoggerService _resourceLoggerService;
    private readonly WaitBehavior _defaultWaitBehavior;
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(DistributedApplicationBuilder.NameComparer);
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];

    /// <summary>Creates the service.</summary>
    /// <param name="logger">The service's own log.</param>
    /// <param name="hostApplicationLifetime">Not used; kept for compatibility.</param>
    /// <param name="serviceProvider">Services of the application host.</param>
    /// <param name="resourceLoggerService">Logs of the resources.</param>
    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger,
        IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(hostApplicationLifetime);
        ArgumentNullException.ThrowIfNull(serviceProvider);
        ArgumentNullException.ThrowIfNull(resourceLoggerService);
        _logger = logger;
        _serviceProvider = serviceProvider;
        _resourceLoggerService = resourceLoggerService;
        _defaultWaitBehavior = ((IOptions<ResourceNotificationServiceOptions>?)serviceProvider.GetService(typeof(IOptions<ResourceNotificationServiceOptions>)))
            ?.Value.DefaultWaitBehavior ?? WaitBehavior.StopOnResourceUnavailable;
    }

    /// <summary>The current state of each instance, then every change. Does not end by itself.</summary>
    /// <param name="cancellationToken">Ends the enumeration, with <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            foreach (var current in _current.Values)
            {
                channel.Writer.TryWrite(current);
            }

            _watchers.Add(channel.Writer);
        }

        try
        {
            await foreach (var resourceEvent in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return resourceEvent;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel.Writer);
            }
        }
    }

    /// <summary>The current state of an instance.</summary>
    /// <param name="resourceId">Id of the instance, or name of a resource with one instance.</param>
    /// <param name="resourceEvent">The state.</param>
    /// <returns>Whether there is such an instance.</returns>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        lock (_lock)
        {
            if (_current.TryGetValue(resourceId, out resourceEvent))
            {
                return true;
            }

            var named = _current.Values
                .Where(current => DistributedApplicationBuilder.NameComparer.Equals(current.Resource.Name, resourceId))
                .Take(2)
                .ToArray();
            resourceEvent = named.Length == 1 ? named[0] : null;
            return resourceEvent is not null;
        }
    }

    /// <summary>Changes the state of all instances of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="stateFactory">Makes the new state from the old one.</param>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in resource.GetInstanceIds())
        {
            await PublishUpdateAsync(resource, id, stateFactory).ConfigureAwait(false);
        }
    }

    /// <summary>Changes the state of one instance.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">Id of the instance.</param>
    /// <param name="stateFactory">Makes the new state from the old one. Called under a lock: it must be quick.</param>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(stateFactory);
        lock (_lock)
        {
            var previous = _current.TryGetValue(resourceId, out var current)
                ? current.Snapshot
                : new CustomResourceSnapshot { ResourceType = resource.GetType().Name, Properties = [] };
            var next = stateFactory(previous) with { Version = previous.Version + 1 };
            next = next with { Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => Describe(command, next))] };
            var resourceEvent = new ResourceEvent(resource, resourceId, next);
            _current[resourceId] = resourceEvent;
            foreach (var watcher in _watchers)
            {
                watcher.TryWrite(resourceEvent);
            }

            if (_logger.IsEnabled(LogLevel.Debug) && next.State?.Text != previous.State?.Text)
            {
                _logger.LogDebug("Resource {ResourceId} changed state: {PreviousState} -> {State}", resourceId, previous.State?.Text, next.State?.Text);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits until a resource is in a state.</summary>
    /// <param name="resourceName">Name of the resource.</param>
    /// <param name="targetState">The state; <see cref="KnownResourceStates.Running"/> if null.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of some states.</summary>
    /// <param name="resourceName">Name of the resource.</param>
    /// <param name="targetStates">The states.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The state it is in.</returns>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(
            resourceName,
            resourceEvent => resourceEvent.Snapshot.State is { } state && states.Contains(state.Text),
            cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until the state of a resource satisfies a condition.</summary>
    /// <param name="resourceName">Name of the resource.</param>
    /// <param name="predicate">The condition.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The state that satisfies it.</returns>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        ArgumentNullException.ThrowIfNull(predicate);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token, cancellationToken);
        await foreach (var resourceEvent in WatchAsync(either.Token).ConfigureAwait(false))
        {
            if (DistributedApplicationBuilder.NameComparer.Equals(resourceEvent.Resource.Name, resourceName) && predicate(resourceEvent))
            {
                return resourceEvent;
            }
        }

        throw new OperationCanceledException("The application ended before the resource met the condition.");
    }

    /// <summary>Waits until a resource is healthy and the handlers of <see cref="ResourceReadyEvent"/> are done.</summary>
    /// <param name="resourceName">Name of the resource.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The healthy state.</returns>
    /// <exception cref="DistributedApplicationException">
    /// The resource became unavailable, and <see cref="ResourceNotificationServiceOptions.DefaultWaitBehavior"/> says not to wait then.
    /// </exception>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource is healthy and the handlers of <see cref="ResourceReadyEvent"/> are done.</summary>
    /// <param name="resourceName">Name of the resource.</param>
    /// <param name="waitBehavior">What happens when it becomes unavailable.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The healthy state.</returns>
    /// <exception cref="DistributedApplicationException">The resource became unavailable.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var healthy = await WaitForResourceAsync(
            resourceName,
            resourceEvent => IsReady(resourceEvent.Snapshot) || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(resourceEvent.Snapshot)),
            cancellationToken).ConfigureAwait(false);
        if (IsUnavailable(healthy.Snapshot))
        {
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
        }

        await healthy.Snapshot.ReadyEvent!.WaitAsync(cancellationToken).ConfigureAwait(false);
        return healthy;
    }

    /// <summary>Waits for everything that a resource has to wait for before it starts.</summary>
    /// <param name="resource">The resource; its state becomes <see cref="KnownResourceStates.Waiting"/> if there is something.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="DistributedApplicationException">Something it waits for failed.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Task.WhenAll(resource.GetInstanceIds().Select(id => WaitForDependenciesAsync(resource, id, cancellationToken)));
    }

    /// <summary>Waits for everything that one instance of a resource has to wait for before it starts.</summary>
    internal async Task WaitForDependenciesAsync(IResource resource, string resourceId, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource is not (IResourceWithoutLifetime or ParameterResource)).ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        await PublishUpdateAsync(resource, resourceId, snapshot => snapshot with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
        var log = _resourceLoggerService.GetLogger(resourceId);
        await Task.WhenAll(waits.SelectMany(wait => wait.Resource.GetInstanceIds().Select(id => WaitForInstanceAsync(wait, id, log, cancellationToken)))).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposing.Cancel();
        _disposing.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task WaitForInstanceAsync(WaitAnnotation wait, string id, ILogger log, CancellationToken cancellationToken)
    {
        var behavior = wait.WaitBehavior ?? _defaultWaitBehavior;
        if (log.IsEnabled(LogLevel.Information))
        {
            log.LogInformation("Waiting for resource '{ResourceId}' ({WaitType}).", id, wait.WaitType);
        }

        var reached = await WaitForResourceAsync(
            wait.Resource.Name,
            resourceEvent => resourceEvent.ResourceId == id && IsOver(wait.WaitType, behavior, resourceEvent.Snapshot),
            cancellationToken).ConfigureAwait(false);
        var snapshot = reached.Snapshot;
        var state = snapshot.State!.Text;
        if (state == KnownResourceStates.FailedToStart)
        {
            throw new DistributedApplicationException($"Dependency resource '{id}' failed to start.");
        }

        if (wait.WaitType == WaitType.WaitForCompletion)
        {
            if (snapshot.ExitCode is { } exitCode && exitCode != wait.ExitCode)
            {
                throw new DistributedApplicationException($"Resource '{id}' has entered the '{state}' state with exit code '{exitCode}', expected '{wait.ExitCode}'.");
            }
        }
        else if (IsUnavailable(snapshot))
        {
            throw new DistributedApplicationException($"Resource '{id}' has entered the '{state}' state prematurely.");
        }
        else if (wait.WaitType == WaitType.WaitUntilHealthy)
        {
            await snapshot.ReadyEvent!.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsOver(WaitType waitType, WaitBehavior behavior, CustomResourceSnapshot snapshot) => waitType switch
    {
        WaitType.WaitForCompletion => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text),
        _ when behavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(snapshot) => true,
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
        _ => IsReady(snapshot),
    };

    private static bool IsReady(CustomResourceSnapshot snapshot) =>
        snapshot.HealthStatus == HealthStatus.Healthy && snapshot.ReadyEvent is not null;

    private static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text) || snapshot.State?.Text == KnownResourceStates.RuntimeUnhealthy;

    private ResourceCommandSnapshot Describe(ResourceCommandAnnotation command, CustomResourceSnapshot snapshot) => new(
        command.Name,
        command.UpdateState(new UpdateCommandStateContext { ResourceSnapshot = snapshot, ServiceProvider = _serviceProvider }),
        command.DisplayName,
        command.DisplayDescription,
        command.Parameter,
        command.ConfirmationMessage,
        command.IconName,
        command.IconVariant,
        command.IsHighlighted);
}
