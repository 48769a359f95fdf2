using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application is about to start.</summary>
public class BeforeStartEvent : IDistributedApplicationEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="services">Services of the application host.</param>
    /// <param name="model">The described application.</param>
    public BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model)
    {
        Services = services;
        Model = model;
    }

    /// <summary>Services of the application host.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The described application.</summary>
    public DistributedApplicationModel Model { get; }
}

/// <summary>Each resource runs or has failed to start.</summary>
public class AfterResourcesCreatedEvent : IDistributedApplicationEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="services">Services of the application host.</param>
    /// <param name="model">The described application.</param>
    public AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model)
    {
        Services = services;
        Model = model;
    }

    /// <summary>Services of the application host.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The described application.</summary>
    public DistributedApplicationModel Model { get; }
}

/// <summary>The addresses of a resource's endpoints are known.</summary>
public class ResourceEndpointsAllocatedEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">Services of the application host.</param>
    public ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <summary>Services of the application host.</summary>
    public IServiceProvider Services { get; }
}

/// <summary>A resource is about to be started; what it waits for is there.</summary>
public class BeforeResourceStartedEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">Services of the application host.</param>
    public BeforeResourceStartedEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <summary>Services of the application host.</summary>
    public IServiceProvider Services { get; }
}

/// <summary>A resource runs and its health checks pass. What waits for it goes on when the handlers are done.</summary>
public class ResourceReadyEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">Services of the application host.</param>
    public ResourceReadyEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <summary>Services of the application host.</summary>
    public IServiceProvider Services { get; }
}

/// <summary>An instance of a resource has ended for good.</summary>
public class ResourceStoppedEvent : IDistributedApplicationResourceEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">Services of the application host.</param>
    /// <param name="resourceEvent">Its last state.</param>
    public ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent)
    {
        Resource = resource;
        Services = services;
        ResourceEvent = resourceEvent;
    }

    /// <inheritdoc />
    public IResource Resource { get; }

    /// <summary>Services of the application host.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Its last state.</summary>
    public ResourceEvent ResourceEvent { get; }
}
