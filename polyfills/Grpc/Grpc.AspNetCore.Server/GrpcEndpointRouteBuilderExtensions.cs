using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to endpoints.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps every method of a service to its path, <c>/service/method</c>.</summary>
    /// <typeparam name="TService">A class derived from the generated base class. One is created for each call, from the call's services.</typeparam>
    /// <param name="builder">The application.</param>
    /// <returns>Adds conventions to all of the service's endpoints.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddGrpc</c> was not called, or a method cannot be bound.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServiceProvider.GetService<UnimplementedEndpoints>() is null)
        {
            throw new InvalidOperationException(
                "Unable to find the required services. Please add all the required services by calling 'IServiceCollection.AddGrpc' inside the call to 'ConfigureServices(...)' in the application startup code.");
        }

        return new GrpcServiceEndpointConventionBuilder(builder.ServiceProvider.GetRequiredService<ServiceEndpoints<TService>>().Map(builder));
    }
}
