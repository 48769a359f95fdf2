using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <content>Order of starting, health, commands.</content>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts a resource only when another is healthy.</summary>
    /// <param name="builder">Builder of the resource that waits.</param>
    /// <param name="dependency">The resource it waits for.</param>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilHealthy);

    /// <summary>Starts a resource only when another is healthy.</summary>
    /// <param name="builder">Builder of the resource that waits.</param>
    /// <param name="dependency">The resource it waits for.</param>
    /// <param name="waitBehavior">What happens when the other becomes unavailable.</param>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts a resource only when another runs.</summary>
    /// <param name="builder">Builder of the resource that waits.</param>
    /// <param name="dependency">The resource it waits for.</param>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilStarted);

    /// <summary>Starts a resource only when another has ended. The other is not restarted when it ends with an error.</summary>
    /// <param name="builder">Builder of the resource that waits.</param>
    /// <param name="dependency">The resource it waits for.</param>
    /// <param name="exitCode">The exit code it must end with.</param>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitForCompletion, exitCode: exitCode);

    /// <summary>Starts a resource by command only, not with the application.</summary>
    /// <param name="builder">The resource's builder.</param>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation<ExplicitStartupAnnotation>();
    }

    /// <summary>Makes a health check of the application host's services count for a resource.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="key">Name of the health check.</param>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key))
        {
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");
        }

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Makes an HTTP request tell the health of a resource; with replicas, one to each.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="path">Path of the request; <c>/</c> if null.</param>
    /// <param name="statusCode">Status code that means healthy; 200 if null.</param>
    /// <param name="endpointName">Name of the endpoint; its first HTTP endpoint if null.</param>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it is not an HTTP endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        string? path = null,
        int? statusCode = null,
        string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.Resource;
        var endpoint = resource.GetEndpoints().FirstOrDefault(reference => endpointName is null
            ? reference.IsHttp
            : string.Equals(reference.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase));
        if (endpoint is not { IsHttp: true })
        {
            throw new DistributedApplicationException(
                $"Could not create HTTP health check for resource '{resource.Name}': {(endpointName is null ? "it has no HTTP endpoint" : $"its endpoint '{endpointName}' does not exist or is not an HTTP endpoint")}.");
        }

        var check = new HttpEndpointHealthCheck(endpoint, path ?? "/", statusCode ?? 200);
        var key = $"{resource.Name}_{endpoint.EndpointName}_{path ?? "/"}_{statusCode ?? 200}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, check, failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }

    /// <summary>Adds a command.</summary>
    /// <param name="builder">The resource's builder.</param>
    /// <param name="name">Unique name of the command.</param>
    /// <param name="displayName">What the dashboard shows.</param>
    /// <param name="executeCommand">Executes it.</param>
    /// <param name="commandOptions">Further properties.</param>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = commandOptions ?? new CommandOptions();
        return builder.WithAnnotation(new ResourceCommandAnnotation(
            name,
            displayName,
            options.UpdateState ?? (_ => ResourceCommandState.Enabled),
            executeCommand,
            options.Description,
            options.Parameter,
            options.ConfirmationMessage,
            options.IconName,
            options.IconVariant,
            options.IsHighlighted));
    }

    private static IResourceBuilder<T> Wait<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> dependency,
        WaitType waitType,
        WaitBehavior? waitBehavior = null,
        int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dependency);
        return ReferenceEquals(builder.Resource, dependency.Resource)
            ? throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for itself.")
            : builder
                .WithRelationship(dependency.Resource, KnownRelationshipTypes.WaitFor)
                .WithAnnotation(new WaitAnnotation(dependency.Resource, waitType, exitCode) { WaitBehavior = waitBehavior });
    }
}
