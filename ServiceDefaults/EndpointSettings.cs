using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace DqnAspire.ServiceDefaults;

/// <summary>
/// The addresses that a service listens on, section <c>Kestrel:Endpoints</c>: "grpc" is cleartext HTTP/2, for gRPC
/// alone; "http" is HTTP/1.1, for health, metrics and pages.
/// </summary>
internal static class EndpointSettings
{
    private const string Section = "Kestrel:Endpoints";

    private static readonly string[] Names = ["grpc", "http"];

    /// <summary>
    /// Checks that both addresses are present and valid. Kestrel itself treats an unknown host as "any interface".
    /// </summary>
    /// <exception cref="StartUpException">One is missing or is not an address.</exception>
    public static void Require(IConfiguration configuration)
    {
        foreach (var (setting, url) in Names.Select(name => Of(configuration, name)).Concat(All(configuration)))
        {
            if (url is null || !IsAddress(url))
            {
                throw new StartUpException(
                    $"{setting}='{url}' is not an address to listen on, such as http://127.0.0.1:5101.");
            }
        }
    }

    /// <summary>
    /// The first address that the server does not listen on; null when it listens on all.
    /// </summary>
    public static (string Setting, string? Url)? NotBound(WebApplication app)
    {
        // Kestrel binds in this order and adds each bound address to the list.
        var open = All(app.Configuration).Skip(app.Urls.Count).ToList();
        return open.Count > 0 ? open[0] : null;
    }

    /// <summary>
    /// The address of gRPC once the service listens; where the setting's port is 0, the port that it got.
    /// </summary>
    public static string Grpc(WebApplication app) =>
        app.Urls.ElementAt(All(app.Configuration).TakeWhile(e => e != Of(app.Configuration, "grpc")).Count());

    private static IEnumerable<(string Setting, string? Url)> All(IConfiguration configuration) =>
        configuration.GetSection(Section).GetChildren().Select(e => Of(configuration, e.Key));

    private static (string Setting, string? Url) Of(IConfiguration configuration, string name)
    {
        var setting = $"{Section}:{name}:Url";
        return (setting, configuration[setting]);
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https"
                && (address.IsUnixPipe || address.Host is "localhost" or "*" or "+"
                    || IPAddress.TryParse(address.Host, out _))
                && address.Port is >= 0 and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
