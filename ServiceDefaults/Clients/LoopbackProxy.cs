using System.Net;

namespace DqnAspire.ServiceDefaults.Clients;

/// <summary>
/// The proxy that the environment names (<c>HTTP_PROXY</c>, <c>ALL_PROXY</c> ...), but for this machine's own services: .NET would ask
/// a proxy even for 127.0.0.1.
/// </summary>
internal sealed class LoopbackProxy(IWebProxy others) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => others.Credentials;
        set => others.Credentials = value;
    }

    /// <summary>Makes it the proxy of every HTTP client in this process that has none of its own; exporters of telemetry among them.</summary>
    public static void Use()
    {
        if (HttpClient.DefaultProxy is not LoopbackProxy)
        {
            HttpClient.DefaultProxy = new LoopbackProxy(HttpClient.DefaultProxy);
        }
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : others.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || others.IsBypassed(host);
}
