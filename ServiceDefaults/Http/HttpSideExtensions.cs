using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.ServiceDefaults.Http;

/// <summary>Endpoints for people and scrapers.</summary>
public static class HttpSideExtensions
{
    /// <summary>
    /// Limits an endpoint to the address "http", to reading, and to the names of this service
    /// (<see cref="KnownHosts"/>). The other address speaks HTTP/2 and serves only gRPC. (A check of the port in the
    /// request's Host header would trust the caller.)
    /// </summary>
    public static TBuilder OnHttpSide<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(built =>
        {
            var answer = built.RequestDelegate!;
            built.RequestDelegate = context =>
            {
                var configuration = context.RequestServices.GetRequiredService<IConfiguration>();
                var refused = HttpProtocol.IsHttp2(context.Request.Protocol) ? StatusCodes.Status404NotFound
                    : !KnownHosts.Include(configuration, context.Request) ? StatusCodes.Status400BadRequest
                    : !IsRead(context.Request.Method) ? StatusCodes.Status405MethodNotAllowed
                    : StatusCodes.Status200OK;
                if (refused == StatusCodes.Status200OK)
                {
                    return answer(context);
                }

                context.Response.StatusCode = refused;
                return Task.CompletedTask;
            };
        });
        return endpoint;
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
