using Grpc.AspNetCore.Server.Reflection.Internal;
using Grpc.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC's server reflection.</summary>
public static class GrpcReflectionServiceExtensions
{
    /// <summary>Adds reflection over every gRPC service that the application maps.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(MappedServices.CreateReflection);
        services.TryAddSingleton<ReflectionV1ServiceImpl>();
        return services;
    }
}
