using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace DqnAspire.ServiceDefaults.Http;

/// <summary>
/// The names under which a service's pages are asked for. A page of another site that has its own name point to this
/// machine could otherwise read them in a visitor's browser.
/// </summary>
internal static class KnownHosts
{
    private const string Setting = "Http:AllowedHosts";

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Whether a request names a host of this service: loopback, the host of the address "http", or one of the setting
    /// <c>Http:AllowedHosts</c>, separated by ';', where <c>*</c> stands for any.
    /// </summary>
    public static bool Include(IConfiguration configuration, HttpRequest request)
    {
        var host = request.Host.Host;
        return Loopback.Contains(host, StringComparer.OrdinalIgnoreCase) || IsLoopbackAddress(host)
            || Configured(configuration).Any(
                known => known == "*" || known.Equals(host, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsLoopbackAddress(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    private static IEnumerable<string> Configured(IConfiguration configuration)
    {
        var allowed = (configuration[Setting] ?? "").Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // An address for any interface is written as one that no client asks for.
        return Uri.TryCreate(configuration["Kestrel:Endpoints:http:Url"], UriKind.Absolute, out var own)
            ? allowed.Append(own.Host)
            : allowed;
    }
}
