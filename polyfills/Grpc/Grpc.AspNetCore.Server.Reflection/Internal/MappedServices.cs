using System.Reflection;
using Grpc.Core;
using Grpc.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Grpc.AspNetCore.Server.Reflection.Internal;

/// <summary>Finds the descriptors of the gRPC services that are mapped.</summary>
internal static class MappedServices
{
    public static ReflectionServiceImpl CreateReflection(IServiceProvider services)
    {
        var types = services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct();
        return new ReflectionServiceImpl(types.Select(DescriptorOf).OfType<ServiceDescriptor>());
    }

    /// <summary>Generated code keeps the descriptor beside the base class that names its binding method.</summary>
    private static ServiceDescriptor? DescriptorOf(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } bind)
            {
                return bind.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
            }
        }

        return null;
    }
}
