namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A health check, as a service's predicate sees it.</summary>
/// <param name="name">Its name.</param>
/// <param name="tags">Its tags.</param>
public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    /// <summary>The check's name.</summary>
    public string Name { get; } = name;

    /// <summary>The check's tags.</summary>
    public IEnumerable<string> Tags { get; } = tags;
}
