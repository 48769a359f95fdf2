using Grpc.AspNetCore.HealthChecks;
using Grpc.HealthCheck;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC's health service.</summary>
public static class GrpcHealthChecksServiceExtensions
{
    /// <summary>
    /// Adds the health service; it shows the application's health checks, as they were published last, as the status of the
    /// server as a whole: unhealthy is NOT_SERVING, anything better SERVING.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <returns>The builder of health checks.</returns>
    public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<HealthServiceImpl>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthCheckPublisher, GrpcHealthChecksPublisher>());
        return services.AddHealthChecks();
    }
}
