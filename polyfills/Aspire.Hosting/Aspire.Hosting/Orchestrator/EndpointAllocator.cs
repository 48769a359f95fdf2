using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Gives endpoints their addresses.</summary>
internal static class EndpointAllocator
{
    /// <summary>
    /// The address for endpoints on this machine. The real package says <c>localhost</c>, whose listeners accept both
    /// IPv6 and IPv4; services here listen on IPv4 loopback only, and a refused IPv6 attempt first costs seconds on some systems.
    /// </summary>
    private const string Loopback = "127.0.0.1";

    /// <summary>Gives each endpoint of each resource an address for each replica.</summary>
    /// <exception cref="DistributedApplicationException">Several replicas would have to share a port.</exception>
    public static void Allocate(IEnumerable<IResource> resources)
    {
        // The sockets stay bound until all ports are chosen, so that none is given twice.
        List<Socket> reserved = [];
        try
        {
            foreach (var resource in resources)
            {
                foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                {
                    endpoint.ReplicaEndpoints = [.. Ports(resource, endpoint, reserved).Select(port => new AllocatedEndpoint(endpoint, Host(endpoint), port))];
                }
            }
        }
        finally
        {
            reserved.ForEach(socket => socket.Dispose());
        }
    }

    private static int[] Ports(IResource resource, EndpointAnnotation endpoint, List<Socket> reserved)
    {
        var replicas = resource.GetReplicaCount();
        if (replicas == 1)
        {
            return [endpoint.FixedPort ?? ReservePort(reserved)];
        }

        return endpoint.IsProxied
            ? [.. Enumerable.Range(0, replicas).Select(_ => ReservePort(reserved))]
            : throw new DistributedApplicationException($"Resource '{resource.Name}' uses multiple replicas and a proxy-less endpoint '{endpoint.Name}'. These features do not work together.");
    }

    private static string Host(EndpointAnnotation endpoint) =>
        IPAddress.TryParse(endpoint.TargetHost, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? endpoint.TargetHost
            : Loopback;

    private static int ReservePort(List<Socket> reserved)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Add(socket);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
