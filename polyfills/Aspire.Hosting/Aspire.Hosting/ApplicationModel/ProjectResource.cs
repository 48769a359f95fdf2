namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project that runs as a process.</summary>
public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    /// <summary>Creates a project resource.</summary>
    /// <param name="name">Its name.</param>
    public ProjectResource(string name)
        : base(name)
    {
    }
}
