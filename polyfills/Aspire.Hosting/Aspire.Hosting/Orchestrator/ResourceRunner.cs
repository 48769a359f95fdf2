using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Runs one instance of a resource: waits, starts, restarts after a crash, stops, and tells its state.</summary>
internal sealed class ResourceRunner(
    IResource resource,
    string id,
    int replica,
    OrchestrationClient client,
    ProjectTargets targets,
    OrchestratorOptions options,
    bool restartable,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IDistributedApplicationEventing eventing,
    DistributedApplicationExecutionContext executionContext,
    IServiceProvider services)
{
    private const string RestartsProperty = "resource.restarts";
    private const string ProcessIdProperty = "executable.pid";

    // The last process of a crashed resource may hold its port for a moment.
    private static readonly TimeSpan PortPatienceAfterCrash = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _command = new(1, 1);
    private readonly ILogger _log = logs.GetLogger(id);
    private Run? _run;

    public IResource Resource => resource;

    public string Id => id;

    /// <summary>Makes the instance known.</summary>
    public Task AnnounceAsync() => notifications.PublishUpdateAsync(resource, id, snapshot => snapshot with
    {
        ResourceType = resource switch
        {
            ProjectResource => "Project",
            ExecutableResource => "Executable",
            _ => resource.GetType().Name,
        },
        CreationTimeStamp = DateTime.UtcNow,
        State = KnownResourceStates.NotStarted,
        Properties = [new ResourcePropertySnapshot(RestartsProperty, 0)],
        Urls = [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint =>
            new UrlSnapshot(endpoint.Name, endpoint.ReplicaEndpoints[replica].UriString, IsInternal: false) { IsInactive = true })],
        Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relationship =>
            new RelationshipSnapshot(relationship.Resource.Name, relationship.Type)).Distinct()],
    });

    /// <summary>
    /// Starts the instance and completes when it runs or has failed to start. An instance that waits for others stops
    /// waiting; one that runs is left alone.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Run run;
        await _command.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_run is { Completion.IsCompleted: false } current)
            {
                run = current;
                await run.SkipWaiting.CancelAsync().ConfigureAwait(false);
            }
            else
            {
                run = new Run();
                _run = run;
                run.Completion = Task.Run(() => RunAsync(run), CancellationToken.None);
            }
        }
        finally
        {
            _command.Release();
        }

        await run.FirstStart.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the instance and completes when its process is gone.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _command.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_run is { Completion.IsCompleted: false } run)
            {
                await run.Stop.CancelAsync().ConfigureAwait(false);
                await run.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _command.Release();
        }
    }

    private async Task RunAsync(Run run)
    {
        var stop = run.Stop.Token;
        try
        {
            await PrepareAsync(run).ConfigureAwait(false);
            await RunUntilOverAsync(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await PublishAsync(snapshot => snapshot with
            {
                State = snapshot.StartTimeStamp is null ? KnownResourceStates.NotStarted : KnownResourceStates.Exited,
                StopTimeStamp = DateTime.UtcNow,
            }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever a description's own code threw: this resource failed, the others go on.
            _log.LogError("{Message}", exception is DistributedApplicationException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}");
            await PublishAsync(snapshot => snapshot with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
                StopTimeStamp = DateTime.UtcNow,
            }).ConfigureAwait(false);
        }
        finally
        {
            run.FirstStart.TrySetResult();
        }

        if (notifications.TryGetCurrentState(id, out var last))
        {
            await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, last), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task PrepareAsync(Run run)
    {
        var stop = run.Stop.Token;
        await PublishStartingAsync(style: null).ConfigureAwait(false);
        using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop, run.SkipWaiting.Token))
        {
            try
            {
                await notifications.WaitForDependenciesAsync(resource, id, waiting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                _log.LogInformation("Started by command without waiting any longer.");
            }
        }

        await PublishStartingAsync(style: null).ConfigureAwait(false);
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), stop).ConfigureAwait(false);
    }

    private async Task RunUntilOverAsync(Run run)
    {
        var stop = run.Stop.Token;
        var crashes = 0;
        while (true)
        {
            var plan = await LaunchPlan.CreateAsync(resource, id, replica, targets, executionContext, _log, stop).ConfigureAwait(false);
            await PortCheck.EnsureFreeAsync(resource, replica, crashes == 0 ? TimeSpan.Zero : PortPatienceAfterCrash, stop).ConfigureAwait(false);
            var process = await client.StartAsync(plan, (text, isError) => logs.Append(id, text, isError), stop).ConfigureAwait(false);
            var urls = await BuildUrlsAsync(stop).ConfigureAwait(false);
            var startTime = DateTime.UtcNow;
            await PublishAsync(snapshot => snapshot with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                StartTimeStamp = startTime,
                StopTimeStamp = null,
                Urls = urls,
                EnvironmentVariables = [.. plan.Environment.Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, plan.OwnVariables.Contains(variable.Key)))],
                Properties = SetProperty(snapshot.Properties, ProcessIdProperty, process.ProcessId),
            }).ConfigureAwait(false);
            run.FirstStart.TrySetResult();

            var exitCode = await WaitForEndAsync(process, stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
            {
                await PublishEndAsync(KnownResourceStates.Exited, KnownResourceStateStyles.Info, exitCode).ConfigureAwait(false);
                return;
            }

            if (exitCode == 0)
            {
                await PublishEndAsync(KnownResourceStates.Finished, KnownResourceStateStyles.Success, exitCode).ConfigureAwait(false);
                return;
            }

            if (DateTime.UtcNow - startTime > TimeSpan.FromMilliseconds(options.RecoveredAfterMilliseconds))
            {
                crashes = 0;
            }

            crashes++;
            if (!restartable || crashes > options.MaxRestarts)
            {
                _log.LogError("Resource '{ResourceId}' ended with {Exit} and is not started again.", id, Describe(exitCode));
                await PublishEndAsync(KnownResourceStates.Exited, KnownResourceStateStyles.Error, exitCode).ConfigureAwait(false);
                return;
            }

            var delay = options.RestartDelay(crashes);
            _log.LogError(
                "Resource '{ResourceId}' ended with {Exit}; restart {Restart} of {MaxRestarts} in {Seconds} s.",
                id,
                Describe(exitCode),
                crashes,
                options.MaxRestarts,
                delay.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture));
            await PublishAsync(snapshot => Restarting(snapshot, exitCode)).ConfigureAwait(false);
            await Task.Delay(delay, stop).ConfigureAwait(false);
        }
    }

    private async Task<int> WaitForEndAsync(OrchestrationClient.StartedProcess process, CancellationToken stop)
    {
        await Task.WhenAny(process.Exit, Task.Delay(Timeout.Infinite, stop)).ConfigureAwait(false);
        if (!process.Exit.IsCompleted)
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
            process.Stop(TimeSpan.FromMilliseconds(options.StopGraceMilliseconds));
        }

        return await process.Exit.ConfigureAwait(false);
    }

    private async Task<ImmutableArray<UrlSnapshot>> BuildUrlsAsync(CancellationToken cancellationToken)
    {
        var urls = (resource as IResourceWithEndpoints)?.GetEndpoints()
            .Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Allocated(replica).UriString, Endpoint = endpoint })
            .ToList() ?? [];
        var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken) { Logger = _log };
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return [.. context.Urls.Concat(resource.Annotations.OfType<ResourceUrlAnnotation>()).Select(url =>
            new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
            {
                DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? string.Empty, url.DisplayOrder ?? 0),
            })];
    }

    private Task PublishStartingAsync(string? style) => PublishAsync(snapshot => snapshot with
    {
        State = new ResourceStateSnapshot(KnownResourceStates.Starting, style),
        StartTimeStamp = null,
        StopTimeStamp = null,
        ExitCode = null,
        HealthReports = NotYetReported(),
        ReadyEvent = null,
    });

    // Not a terminal state: whoever watches for the end of a resource would take it for the end.
    private CustomResourceSnapshot Restarting(CustomResourceSnapshot snapshot, int exitCode) => snapshot with
    {
        State = new ResourceStateSnapshot(KnownResourceStates.Starting, KnownResourceStateStyles.Warn),
        StopTimeStamp = DateTime.UtcNow,
        ExitCode = exitCode,
        HealthReports = NotYetReported(),
        ReadyEvent = null,
        Properties = SetProperty(snapshot.Properties, RestartsProperty, Restarts(snapshot) + 1),
    };

    private Task PublishEndAsync(string state, string style, int exitCode) => PublishAsync(snapshot => snapshot with
    {
        State = new ResourceStateSnapshot(state, style),
        StopTimeStamp = DateTime.UtcNow,
        ExitCode = exitCode,
        Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = true })],
    });

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => notifications.PublishUpdateAsync(resource, id, change);

    private ImmutableArray<HealthReportSnapshot> NotYetReported() =>
        [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))];

    internal static int Restarts(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == RestartsProperty)?.Value as int? ?? 0;

    private static ImmutableArray<ResourcePropertySnapshot> SetProperty(ImmutableArray<ResourcePropertySnapshot> properties, string name, object value) =>
        [.. properties.Where(property => property.Name != name), new ResourcePropertySnapshot(name, value)];

    private static string Describe(int exitCode) => exitCode is > 128 and < 160 && !OperatingSystem.IsWindows()
        ? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode} (signal {exitCode - 128})")
        : string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}");

    /// <summary>From one start command to the end that follows it, over all restarts between.</summary>
    private sealed class Run
    {
        public CancellationTokenSource Stop { get; } = new();

        public CancellationTokenSource SkipWaiting { get; } = new();

        public TaskCompletionSource FirstStart { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completion { get; set; } = Task.CompletedTask;
    }
}
