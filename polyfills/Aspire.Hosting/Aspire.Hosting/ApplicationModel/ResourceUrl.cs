using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A link that the dashboard shows for a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>Larger comes first.</summary>
#pragma warning disable CA1051 // A field in the real package too.
    public int? DisplayOrder;
#pragma warning restore CA1051

    /// <summary>Where it leads.</summary>
    public required string Url { get; set; }

    /// <summary>What is shown; the address if null.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint it belongs to.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; }
}

/// <summary>Where the dashboard shows a link.</summary>
public enum UrlDisplayLocation
{
    /// <summary>In the table of resources and with the details.</summary>
    SummaryAndDetails,

    /// <summary>With the details only.</summary>
    DetailsOnly,
}

/// <summary>What a callback that changes links gets.</summary>
public class ResourceUrlsCallbackContext
{
    /// <summary>Creates a context.</summary>
    /// <param name="executionContext">What the execution is for.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="urls">The links so far.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public ResourceUrlsCallbackContext(
        DistributedApplicationExecutionContext executionContext,
        IResource resource,
        List<ResourceUrlAnnotation>? urls = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        ArgumentNullException.ThrowIfNull(resource);
        ExecutionContext = executionContext;
        Resource = resource;
        Urls = urls ?? [];
        CancellationToken = cancellationToken;
    }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>The links.</summary>
    public List<ResourceUrlAnnotation> Urls { get; }

    /// <summary>Ends the start.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The resource's log.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>What the execution is for.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }
}

/// <summary>Changes the links of a resource.</summary>
public sealed class ResourceUrlsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    /// <param name="callback">Changes the links of the context.</param>
    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Creates the annotation.</summary>
    /// <param name="callback">Changes the links of the context.</param>
    public ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Changes the links of the context.</summary>
    public Func<ResourceUrlsCallbackContext, Task> Callback { get; }
}
