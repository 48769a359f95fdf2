using Grpc.Net.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Serves the calls of one method, from the HTTP request to the trailers.</summary>
internal abstract class CallHandler(string methodName, MethodOptions options, ILogger logger)
{
    public Task HandleAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        if (!GrpcProtocol.IsGrpcContentType(request.ContentType))
        {
            ServerLog.UnsupportedContentType(logger, request.ContentType);
            ResponseStatus.WriteHttpError(
                httpContext.Response,
                StatusCodes.Status415UnsupportedMediaType,
                request.ContentType is null ? "Content-Type is missing from the request." : $"Content-Type '{request.ContentType}' is not supported.");
            return Task.CompletedTask;
        }

        if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol))
        {
            ServerLog.UnsupportedProtocol(logger, request.Protocol);
            ResponseStatus.WriteHttpError(
                httpContext.Response, StatusCodes.Status426UpgradeRequired, $"Request protocol '{request.Protocol}' is not supported.");
            httpContext.Response.Headers.Upgrade = HttpProtocol.Http2;
            return Task.CompletedTask;
        }

        return ServeAsync(new ServerCall(httpContext, methodName, options, logger));
    }

    protected abstract Task RunAsync(ServerCall call);

    /// <summary>A stream of requests may pause for any time and have any length, so the server's limits for bodies do not apply.</summary>
    protected static void AllowLongRequest(HttpContext httpContext)
    {
        if (httpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (httpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private async Task ServeAsync(ServerCall call)
    {
        try
        {
            call.Start();
            await RunAsync(call);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }

        await call.EndAsync();
    }
}
