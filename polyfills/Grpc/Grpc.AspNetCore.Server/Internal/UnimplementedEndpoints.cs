using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Answers gRPC requests for services and methods that do not exist.</summary>
internal sealed class UnimplementedEndpoints(IOptions<GrpcServiceOptions> options, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler");
    private readonly HashSet<(IEndpointRouteBuilder Builder, string Service)> _mapped = [];

    /// <summary>Maps the endpoint for unknown services, once for each route builder.</summary>
    public IEnumerable<IEndpointConventionBuilder> MapUnknownServices(IEndpointRouteBuilder builder) =>
        options.Value.IgnoreUnknownServices != true && _mapped.Add((builder, string.Empty))
            ? [Map(builder, $"{{unimplementedService}}/{{unimplementedMethod:{GrpcRequestConstraint.Name}}}", "Unimplemented service", "Service is unimplemented.")]
            : [];

    /// <summary>Maps the endpoint for unknown methods of a service, once for each route builder.</summary>
    public IEnumerable<IEndpointConventionBuilder> MapUnknownMethods(IEndpointRouteBuilder builder, string service) =>
        _mapped.Add((builder, service))
            ? [Map(builder, $"{service}/{{unimplementedMethod:{GrpcRequestConstraint.Name}}}", $"Unimplemented method for {service}", "Method is unimplemented.")]
            : [];

    private IEndpointConventionBuilder Map(IEndpointRouteBuilder builder, string pattern, string name, string detail) =>
        builder.Map(pattern, CreateAnswer(detail)).WithDisplayName($"gRPC - {name}");

    private RequestDelegate CreateAnswer(string detail) => httpContext =>
    {
        ServerLog.Unimplemented(_logger, httpContext.Request.Path);
        ResponseStatus.WriteTrailersOnly(httpContext.Response, new Status(StatusCode.Unimplemented, detail));
        return Task.CompletedTask;
    };
}
