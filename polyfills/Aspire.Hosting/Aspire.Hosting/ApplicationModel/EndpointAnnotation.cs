using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource.</summary>
/// <remarks>
/// There is no proxy in front of endpoints here, so <see cref="IsProxied"/> decides one thing only: whether each
/// replica of a resource with several gets a port of its own.
/// </remarks>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private int? _port;
    private int? _targetPort;

    /// <summary>Describes an endpoint.</summary>
    /// <param name="protocol">Transport protocol.</param>
    /// <param name="uriScheme">Scheme of its address; the protocol's name if null.</param>
    /// <param name="transport">Application protocol: <c>http</c>, <c>http2</c>, <c>tcp</c>.</param>
    /// <param name="name">Its name; the scheme if null.</param>
    /// <param name="port">Port that others use; chosen at start if null.</param>
    /// <param name="targetPort">Port that the resource listens on; <paramref name="port"/> if null.</param>
    /// <param name="isExternal">Whether it is for clients outside the application.</param>
    /// <param name="isProxied">See the remarks of the class.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Name = name ?? UriScheme;
        ModelName.Validate(nameof(EndpointAnnotation), Name);
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocol.ToString().ToLowerInvariant());
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    /// <summary>Its name, unique in its resource.</summary>
    public string Name { get; set; }

    /// <summary>Transport protocol.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Port that others use; null if it is chosen at start. Without a proxy it defaults to <see cref="TargetPort"/>.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>Port that the resource listens on; null if it is chosen at start. Without a proxy it defaults to <see cref="Port"/>.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    /// <summary>Scheme of its address.</summary>
    public string UriScheme { get; set; }

    /// <summary>Host that the resource listens on.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Application protocol.</summary>
    public string Transport { get; set; }

    /// <summary>Whether it is for clients outside the application.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a proxy may stand before the endpoint. See the remarks of the class.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Where it can be reached; null until the application starts.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => ReplicaEndpoints is [var first, ..] ? first : null;
        set => ReplicaEndpoints = value is null ? [] : [value];
    }

    /// <summary>Where the endpoint of each replica can be reached.</summary>
    internal IReadOnlyList<AllocatedEndpoint> ReplicaEndpoints { get; set; } = [];

    /// <summary>The port that the description fixes; null if one is chosen at start.</summary>
    internal int? FixedPort => _targetPort ?? _port;
}
