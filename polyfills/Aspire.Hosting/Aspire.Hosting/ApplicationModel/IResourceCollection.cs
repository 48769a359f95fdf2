using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application.</summary>
public interface IResourceCollection : IList<IResource>
{
}

/// <summary>The resources of an application.</summary>
internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
}
