using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>Carries each health report to those who watch.</summary>
internal sealed class GrpcHealthChecksPublisher(HealthServiceImpl published, IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var service in options.Value.Services)
        {
            published.SetStatus(service.Name, ServingStatuses.Of(service, report));
        }

        return Task.CompletedTask;
    }
}
