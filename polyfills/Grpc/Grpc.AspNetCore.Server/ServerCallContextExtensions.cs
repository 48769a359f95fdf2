using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>Reaches ASP.NET Core from a call.</summary>
public static class ServerCallContextExtensions
{
    private const string HttpContextKey = "__HttpContext";

    /// <summary>The HTTP request that carries a call.</summary>
    /// <param name="serverCallContext">The call; a test double gives its own in <see cref="ServerCallContext.UserState"/> under <c>__HttpContext</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="serverCallContext"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The call is not served by ASP.NET Core.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        return serverCallContext is ServerCall call ? call.HttpContext
            : serverCallContext.UserState.TryGetValue(HttpContextKey, out var value) && value is HttpContext httpContext ? httpContext
            : throw new InvalidOperationException(
                "Could not get HttpContext from ServerCallContext. HttpContext can only be accessed when gRPC services are hosted by ASP.NET Core.");
    }
}
