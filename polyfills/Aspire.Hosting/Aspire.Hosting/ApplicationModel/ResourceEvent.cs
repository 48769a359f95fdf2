namespace Aspire.Hosting.ApplicationModel;

/// <summary>A state of an instance of a resource.</summary>
public class ResourceEvent
{
    /// <summary>Creates the event.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">Id of the instance.</param>
    /// <param name="snapshot">Its state.</param>
    public ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
    {
        Resource = resource;
        ResourceId = resourceId;
        Snapshot = snapshot;
    }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>Id of the instance: the resource's name, followed by a hyphen and a number if it has several.</summary>
    public string ResourceId { get; }

    /// <summary>Its state.</summary>
    public CustomResourceSnapshot Snapshot { get; }
}
