using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;

namespace StackExchange.Redis;

/// <summary>The addresses of servers, each once.</summary>
public sealed class EndPointCollection : Collection<EndPoint>
{
    private const int StandardPort = 6379;
    private const int TlsPort = 6380;

    /// <summary>No address yet.</summary>
    public EndPointCollection()
    {
    }

    /// <summary>The addresses of a list.</summary>
    /// <param name="endpoints">The list.</param>
    public EndPointCollection(IList<EndPoint> endpoints)
        : base(endpoints)
    {
    }

    /// <summary>An address as text: <c>host:port</c>.</summary>
    /// <param name="endpoint">The address; null gives the empty text.</param>
    public static string ToString(EndPoint? endpoint) => endpoint switch
    {
        null => string.Empty,
        DnsEndPoint { Port: 0 } dns => dns.Host,
        DnsEndPoint dns => string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}"),
        IPEndPoint { Port: 0 } ip => ip.Address.ToString(),
        _ => endpoint.ToString() ?? string.Empty,
    };

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>1.2.3.4:port</c> or <c>[::1]:port</c>.</summary>
    /// <param name="endpoint">The text.</param>
    /// <returns>The address, port 0 where none is given; null if it is not one.</returns>
    public static EndPoint? TryParse(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (IPAddress.TryParse(endpoint, out var address))
        {
            return new IPEndPoint(address, 0);
        }

        var colon = endpoint.LastIndexOf(':');
        if (colon < 0)
        {
            return endpoint.Length > 0 ? new DnsEndPoint(endpoint, 0) : null;
        }

        return int.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= IPEndPoint.MaxPort && colon > 0
            ? Create(endpoint[..colon], port)
            : null;
    }

    /// <summary>Adds an address.</summary>
    /// <param name="hostAndPort">The address as text.</param>
    /// <exception cref="ArgumentException">It is not one, or there already.</exception>
    public void Add(string hostAndPort)
        => Add(TryParse(hostAndPort) ?? throw new ArgumentException($"Could not parse host and port from '{hostAndPort}'", nameof(hostAndPort)));

    /// <summary>Adds an address.</summary>
    /// <param name="host">Name or number.</param>
    /// <param name="port">The port; 0 for the usual one.</param>
    /// <exception cref="ArgumentException">It is there already.</exception>
    public void Add(string host, int port) => Add(Create(host, port));

    /// <summary>Adds an address.</summary>
    /// <param name="host">The number.</param>
    /// <param name="port">The port; 0 for the usual one.</param>
    /// <exception cref="ArgumentException">It is there already.</exception>
    public void Add(IPAddress host, int port) => Add(new IPEndPoint(host, port));

    /// <summary>Adds an address unless it is there.</summary>
    /// <param name="endpoint">The address.</param>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(EndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (Contains(endpoint))
        {
            return false;
        }

        Add(endpoint);
        return true;
    }

    /// <inheritdoc/>
    protected override void InsertItem(int index, EndPoint item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (Contains(item))
        {
            throw new ArgumentException("EndPoints must be unique", nameof(item));
        }

        base.InsertItem(index, item);
    }

    /// <inheritdoc/>
    protected override void SetItem(int index, EndPoint item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var present = IndexOf(item);
        if (present >= 0 && present != index)
        {
            throw new ArgumentException("EndPoints must be unique", nameof(item));
        }

        base.SetItem(index, item);
    }

    internal void SetDefaultPorts(bool tls)
    {
        var port = tls ? TlsPort : StandardPort;
        for (var i = 0; i < Count; i++)
        {
            this[i] = this[i] switch
            {
                DnsEndPoint { Port: 0 } dns => new DnsEndPoint(dns.Host, port),
                IPEndPoint { Port: 0 } ip => new IPEndPoint(ip.Address, port),
                var complete => complete,
            };
        }
    }

    private static EndPoint Create(string host, int port)
        => IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
}
