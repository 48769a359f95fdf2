using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Which resource depends on which.</summary>
internal static class ResourceGraph
{
    /// <summary>Resources in the order they are stopped: all of one group at the same time, each after those that depend on it.</summary>
    public static IReadOnlyList<IReadOnlyList<IResource>> StopOrder(IEnumerable<IResource> resources)
    {
        var depths = new Dictionary<IResource, int>();
        return [.. resources
            .GroupBy(resource => Depth(resource, depths, []))
            .OrderByDescending(group => group.Key)
            .Select(group => group.ToArray())];
    }

    /// <summary>Refuses resources that wait for each other: they would wait for ever.</summary>
    /// <exception cref="DistributedApplicationException">There are such resources.</exception>
    public static void EnsureNoWaitCycle(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        foreach (var resource in resources)
        {
            Visit(resource, [], done);
        }
    }

    private static void Visit(IResource resource, List<IResource> path, HashSet<IResource> done)
    {
        if (path.IndexOf(resource) is >= 0 and var start)
        {
            throw new DistributedApplicationException($"Resources wait for each other: {string.Join(" -> ", path.Skip(start).Append(resource).Select(member => member.Name))}.");
        }

        if (done.Contains(resource))
        {
            return;
        }

        path.Add(resource);
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            Visit(wait.Resource, path, done);
        }

        path.RemoveAt(path.Count - 1);
        done.Add(resource);
    }

    /// <summary>Length of the longest chain of dependencies below a resource. References may be mutual: the way back does not count.</summary>
    private static int Depth(IResource resource, Dictionary<IResource, int> depths, HashSet<IResource> path)
    {
        if (depths.TryGetValue(resource, out var known))
        {
            return known;
        }

        path.Add(resource);
        var depth = resource.Annotations
            .OfType<ResourceRelationshipAnnotation>()
            .Select(relationship => relationship.Resource)
            .Where(other => !path.Contains(other))
            .Select(other => 1 + Depth(other, depths, path))
            .DefaultIfEmpty(0)
            .Max();
        path.Remove(resource);
        depths[resource] = depth;
        return depth;
    }
}
