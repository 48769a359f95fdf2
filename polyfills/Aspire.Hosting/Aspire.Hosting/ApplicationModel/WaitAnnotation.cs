namespace Aspire.Hosting.ApplicationModel;

/// <summary>The start of a resource waits for another resource.</summary>
public sealed class WaitAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    /// <param name="resource">The resource to wait for.</param>
    /// <param name="waitType">What to wait for.</param>
    /// <param name="exitCode">The exit code to wait for, with <see cref="WaitType.WaitForCompletion"/>.</param>
    public WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resource = resource;
        WaitType = waitType;
        ExitCode = exitCode;
    }

    /// <summary>The resource to wait for.</summary>
    public IResource Resource { get; }

    /// <summary>What to wait for.</summary>
    public WaitType WaitType { get; }

    /// <summary>The exit code to wait for.</summary>
    public int ExitCode { get; }

    /// <summary>What happens when the resource becomes unavailable; null for the application's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}

/// <summary>What the start of a resource waits for.</summary>
public enum WaitType
{
    /// <summary>The other resource runs and its health checks pass.</summary>
    WaitUntilHealthy,

    /// <summary>The other resource has ended.</summary>
    WaitForCompletion,

    /// <summary>The other resource runs.</summary>
    WaitUntilStarted,
}

/// <summary>What happens when a resource that is waited for becomes unavailable.</summary>
public enum WaitBehavior
{
    /// <summary>Waiting goes on: the resource may be restarted.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Waiting fails.</summary>
    StopOnResourceUnavailable,
}
