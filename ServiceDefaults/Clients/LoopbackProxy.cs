using System.Net;

namespace DqnAspire.ServiceDefaults.Clients;

/// <summary>
/// Bypasses the proxy of the environment (<c>HTTP_PROXY</c>, <c>ALL_PROXY</c> ...) for services on this machine. .NET
/// would use a proxy even for 127.0.0.1.
/// </summary>
internal sealed class LoopbackProxy(IWebProxy others) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => others.Credentials;
        set => others.Credentials = value;
    }

    /// <summary>
    /// Makes it the default proxy of this process's HTTP clients, which include the exporters of telemetry.
    /// </summary>
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
