using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Maps the endpoints of a service.</summary>
internal sealed class ServiceEndpoints<TService>(
    IOptions<GrpcServiceOptions> allOptions,
    IOptions<GrpcServiceOptions<TService>> serviceOptions,
    UnimplementedEndpoints unimplemented,
    ILoggerFactory loggers)
    where TService : class
{
    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder builder)
    {
        var options = new MethodOptions(allOptions.Value, serviceOptions.Value);
        var binder = new ServiceMethodBinder<TService>(options, loggers.CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler"));
        binder.Bind();

        var endpoints = new List<IEndpointConventionBuilder>();
        foreach (var bound in binder.Methods)
        {
            var endpoint = builder.Map(bound.Method.FullName, bound.Handler);
            endpoint.WithDisplayName($"gRPC - {bound.Method.FullName}");
            endpoint.WithMetadata([new GrpcMethodMetadata(typeof(TService), bound.Method), .. bound.Metadata, new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true)]);
            endpoints.Add(endpoint);
        }

        endpoints.AddRange(unimplemented.MapUnknownServices(builder));
        if (!options.IgnoreUnknownMethods)
        {
            foreach (var service in binder.Methods.Select(bound => bound.Method.ServiceName).Distinct())
            {
                endpoints.AddRange(unimplemented.MapUnknownMethods(builder, service));
            }
        }

        return endpoints;
    }
}
