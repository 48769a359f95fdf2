using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts all resources in the order they wait for each other, and stops them in the opposite one.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    OrchestrationClient client,
    ProjectTargets targets,
    OrchestratorOptions options,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IDistributedApplicationEventing eventing,
    DistributedApplicationExecutionContext executionContext,
    IServiceProvider services) : IHostedService, IAsyncDisposable
{
    private readonly List<ResourceRunner> _runners = [];
    private bool _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceGraph.EnsureNoWaitCycle(model.Resources);
        EndpointAllocator.Allocate(model.Resources);
        foreach (var resource in model.Resources)
        {
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken).ConfigureAwait(false);
        }

        // A job that something waits for has to end; with which exit code is for that to judge.
        var jobs = model.Resources
            .SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion)
            .Select(wait => wait.Resource)
            .ToHashSet();
        foreach (var resource in model.Resources.Where(resource => resource is ProjectResource or ExecutableResource))
        {
            var ids = resource.GetInstanceIds();
            for (var replica = 0; replica < ids.Count; replica++)
            {
                _runners.Add(new ResourceRunner(
                    resource, ids[replica], replica, client, targets, options, !jobs.Contains(resource), notifications, logs, eventing, executionContext, services));
            }
        }

        foreach (var runner in _runners)
        {
            await runner.AnnounceAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_runners
            .Where(runner => !runner.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())
            .Select(runner => runner.StartAsync(cancellationToken))).ConfigureAwait(false);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        foreach (var group in ResourceGraph.StopOrder(model.Resources))
        {
            await Task.WhenAll(_runners
                .Where(runner => group.Contains(runner.Resource))
                .Select(runner => runner.StopAsync(cancellationToken))).ConfigureAwait(false);
        }

        foreach (var resource in model.Resources)
        {
            logs.Complete(resource);
        }
    }

    /// <summary>Starts an instance.</summary>
    /// <exception cref="DistributedApplicationException">There is no such instance.</exception>
    public Task StartResourceAsync(string resourceId, CancellationToken cancellationToken) => Find(resourceId).StartAsync(cancellationToken);

    /// <summary>Stops an instance.</summary>
    /// <exception cref="DistributedApplicationException">There is no such instance.</exception>
    public Task StopResourceAsync(string resourceId, CancellationToken cancellationToken) => Find(resourceId).StopAsync(cancellationToken);

    /// <summary>Stops what a start that was given up has left.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        await client.DisposeAsync().ConfigureAwait(false);
    }

    private ResourceRunner Find(string resourceId) => _runners.Find(runner => DistributedApplicationBuilder.NameComparer.Equals(runner.Id, resourceId))
        ?? throw new DistributedApplicationException($"Resource '{resourceId}' does not exist or cannot be started.");
}
