using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DqnAspire.ServiceDefaults.Clients;

/// <summary>Where another service listens.</summary>
public static class ServiceAddress
{
    /// <summary>The first gRPC address that service discovery gives, or the service's default one on this machine.</summary>
    /// <exception cref="StartUpException">What service discovery gives is no address.</exception>
    public static Uri Of(IConfiguration configuration, ServiceEndpoints service)
    {
        var key = $"services:{service.Service}:grpc:0";
        var text = configuration[key] ?? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{service.Grpc}");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new StartUpException($"{key.Replace(":", "__", StringComparison.Ordinal)}='{text}' is not an http address.");
    }
}
