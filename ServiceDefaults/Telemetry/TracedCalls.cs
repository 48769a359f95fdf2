using Microsoft.AspNetCore.Http;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Which gRPC calls become spans, at the caller and at the service: all except health, reflection, and methods that
/// are called so often that tracing them would cost time and hide the rest.
/// </summary>
public sealed class TracedCalls
{
    private readonly HashSet<string> _excluded = [];

    /// <summary>Excludes a method.</summary>
    /// <param name="service">Full name of its service, as in the contract.</param>
    /// <param name="method">Its name.</param>
    public void Except(string service, string method) => _excluded.Add($"/{service}/{method}");

    /// <summary>Whether an incoming request is a gRPC call to trace. Pages, health and metrics are not.</summary>
    internal bool Includes(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true
            && Includes(request.Path.Value!);

    /// <summary>Whether to trace a call.</summary>
    /// <param name="path">Service and method, as <c>/dqn.env.v1.EnvService/List</c>.</param>
    internal bool Includes(string path) =>
        !path.StartsWith("/grpc.", StringComparison.Ordinal) && !_excluded.Contains(path);
}
