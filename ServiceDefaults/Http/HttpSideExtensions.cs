using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DqnAspire.ServiceDefaults.Http;

/// <summary>Endpoints for people and scrapers.</summary>
public static class HttpSideExtensions
{
    /// <summary>
    /// Limits an endpoint to the address "http". The other address speaks HTTP/2 and serves only gRPC. (A check of the
    /// port in the request's Host header would trust the caller.)
    /// </summary>
    public static TBuilder OnHttpSide<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(built =>
        {
            var answer = built.RequestDelegate!;
            built.RequestDelegate = context =>
            {
                if (!HttpProtocol.IsHttp2(context.Request.Protocol))
                {
                    return answer(context);
                }

                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
        return endpoint;
    }
}
