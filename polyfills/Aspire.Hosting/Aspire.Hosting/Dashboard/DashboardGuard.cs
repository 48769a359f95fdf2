using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Keeps other web sites out. A page anywhere can make the browser send requests to this machine, so a request must
/// name a host that is meant (a foreign name that resolves to this machine does not pass), and one that changes
/// something must come from the dashboard's own page and carry a token that only that page can read.
/// </summary>
internal sealed class DashboardGuard(IEnumerable<string> urls)
{
    public const string TokenHeader = "X-Dashboard-Token";

    private readonly HashSet<string> _hosts = new(
        [.. urls.Select(url => BindingAddress.Parse(url).Host), "localhost", "127.0.0.1", "[::1]"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Secret of this run, told to the page with the resources.</summary>
    public string Token { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (!_hosts.Contains(context.Request.Host.Host))
        {
            return RefuseAsync(context, "The dashboard is not served under this host name.");
        }

        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || IsOwnPage(context.Request)
            ? next(context)
            : RefuseAsync(context, "The request does not come from the dashboard's page.");
    }

    private bool IsOwnPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var token = Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString());
        return (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}")
            && CryptographicOperations.FixedTimeEquals(token, Encoding.UTF8.GetBytes(Token));
    }

    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(reason);
    }
}
