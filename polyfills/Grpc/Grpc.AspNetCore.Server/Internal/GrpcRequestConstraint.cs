using Grpc.Net.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Lets the endpoints for unknown services and methods match gRPC requests only; all others stay with the rest of the application.</summary>
internal sealed class GrpcRequestConstraint : IRouteConstraint
{
    public const string Name = "grpcunimplemented";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null
        && HttpMethods.IsPost(httpContext.Request.Method)
        && GrpcProtocol.IsGrpcContentType(httpContext.Request.ContentType);
}
