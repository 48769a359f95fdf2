namespace Aspire.Hosting.ApplicationModel;

/// <summary>The described application.</summary>
public class DistributedApplicationModel
{
    /// <summary>Creates a model.</summary>
    /// <param name="resources">Its resources.</param>
    public DistributedApplicationModel(IResourceCollection resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        Resources = resources;
    }

    /// <summary>The resources.</summary>
    public IResourceCollection Resources { get; }
}
