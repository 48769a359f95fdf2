using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>gRPC's word for the results of health checks.</summary>
internal static class ServingStatuses
{
    /// <summary>NOT_SERVING when one check of the service is unhealthy, SERVING when none is, UNKNOWN when it has no checks.</summary>
    public static HealthCheckResponse.Types.ServingStatus Of(ServiceMapping service, HealthReport report)
    {
        var status = HealthCheckResponse.Types.ServingStatus.Unknown;
        foreach (var (name, entry) in report.Entries)
        {
            if (!service.Includes(name, entry.Tags))
            {
                continue;
            }

            if (entry.Status == HealthStatus.Unhealthy)
            {
                return HealthCheckResponse.Types.ServingStatus.NotServing;
            }

            status = HealthCheckResponse.Types.ServingStatus.Serving;
        }

        return status;
    }
}
