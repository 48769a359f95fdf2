namespace Aspire.Hosting.ApplicationModel;

/// <summary>Number of processes of a resource.</summary>
public sealed class ReplicaAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    /// <param name="replicas">Number of processes.</param>
    public ReplicaAnnotation(int replicas = 1) => Replicas = replicas;

    /// <summary>Number of processes.</summary>
    public int Replicas { get; }
}

/// <summary>A health check belongs to a resource.</summary>
public class HealthCheckAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    /// <param name="key">Name of the health check in the application host's services.</param>
    public HealthCheckAnnotation(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
    }

    /// <summary>Name of the health check in the application host's services.</summary>
    public string Key { get; }
}

/// <summary>The resource is started by command, not with the application.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation
{
}

/// <summary>A resource is related to another.</summary>
public sealed class ResourceRelationshipAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    /// <param name="resource">The other resource.</param>
    /// <param name="type">Kind of the relationship, such as <c>Reference</c>.</param>
    public ResourceRelationshipAnnotation(IResource resource, string type)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(type);
        Resource = resource;
        Type = type;
    }

    /// <summary>The other resource.</summary>
    public IResource Resource { get; }

    /// <summary>Kind of the relationship.</summary>
    public string Type { get; }
}

/// <summary>The kinds of relationship that the library itself adds.</summary>
internal static class KnownRelationshipTypes
{
    public const string Reference = "Reference";
    public const string WaitFor = "WaitFor";
}
