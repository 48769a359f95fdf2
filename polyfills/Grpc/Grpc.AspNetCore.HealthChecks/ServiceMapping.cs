namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The health checks that decide about a service.</summary>
/// <param name="name">The service's name; empty for the server as a whole.</param>
/// <param name="predicate">True for the checks that count.</param>
public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
{
    /// <summary>The service's name; empty for the server as a whole.</summary>
    public string Name { get; } = name;

    /// <summary>True for the checks that count: Check runs no others, Watch looks at the results of no others.</summary>
    public Func<HealthCheckMapContext, bool>? HealthCheckPredicate { get; } = predicate;

    internal bool Includes(string check, IEnumerable<string> tags) =>
        HealthCheckPredicate is null || HealthCheckPredicate(new HealthCheckMapContext(check, tags));
}
