using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC to an application's services.</summary>
public static class GrpcServicesExtensions
{
    /// <summary>Adds what <c>MapGrpcService</c> needs.</summary>
    /// <param name="services">The services.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting(options => options.SetParameterPolicy<GrpcRequestConstraint>(GrpcRequestConstraint.Name));
        services.AddOptions();
        services.TryAddSingleton<UnimplementedEndpoints>();
        services.TryAddSingleton(typeof(ServiceEndpoints<>));
        return new GrpcServerBuilder(services);
    }

    /// <summary>Adds what <c>MapGrpcService</c> needs and sets options of all services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configureOptions">Sets the options.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Configure(configureOptions).AddGrpc();
    }

    /// <summary>Sets options of one service.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="grpcBuilder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IGrpcServerBuilder AddServiceOptions<TService>(this IGrpcServerBuilder grpcBuilder, Action<GrpcServiceOptions<TService>> configure)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(grpcBuilder);
        grpcBuilder.Services.Configure(configure);
        return grpcBuilder;
    }
}
