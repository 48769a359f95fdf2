using Microsoft.Extensions.Hosting;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>How the application's health checks become statuses of gRPC services.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>Which checks decide about which service; at first every check about the server as a whole.</summary>
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>Answers with what was published last, instead of running the checks for each call.</summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>
    /// Leaves calls of Watch open when the host begins to stop. They then hold the host until
    /// <see cref="HostOptions.ShutdownTimeout"/>; otherwise each is told NOT_SERVING and ends.
    /// </summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}
