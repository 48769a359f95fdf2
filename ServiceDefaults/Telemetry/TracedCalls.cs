using Microsoft.AspNetCore.Http;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Which gRPC calls become spans, at the caller and at the service: all but those about the service itself (health, reflection), and
/// those that come so often that tracing them would cost the run time and bury the rest.
/// </summary>
public sealed class TracedCalls
{
    private readonly HashSet<string> _left = [];

    /// <summary>Leaves a method out.</summary>
    /// <param name="service">Full name of its service, as in the contract.</param>
    /// <param name="method">Its name.</param>
    public void Except(string service, string method) => _left.Add($"/{service}/{method}");

    /// <summary>Whether a request that came in is a call to be traced; pages, health and metrics are none.</summary>
    internal bool Includes(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true && Includes(request.Path.Value!);

    /// <summary>Whether a call is to be traced.</summary>
    /// <param name="path">Service and method, as <c>/dqn.env.v1.EnvService/List</c>.</param>
    internal bool Includes(string path) => !path.StartsWith("/grpc.", StringComparison.Ordinal) && !_left.Contains(path);
}
