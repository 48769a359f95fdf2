using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Sees before a resource starts whether its ports are free: its own message would be many lines late.</summary>
internal static class PortCheck
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the ports of a resource's endpoints are free, at most for <paramref name="patience"/>.</summary>
    /// <exception cref="DistributedApplicationException">A port stays taken.</exception>
    public static async Task EnsureFreeAsync(IResource resource, int replica, TimeSpan patience, CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + patience;
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.Protocol == ProtocolType.Tcp))
        {
            var port = endpoint.ReplicaEndpoints[replica].Port;
            while (!IsFree(port))
            {
                if (DateTime.UtcNow >= deadline)
                {
                    throw new DistributedApplicationException(
                        $"Port {port} of resource '{resource.Name}' (endpoint '{endpoint.Name}') is already in use by another process. Stop that process, or give the endpoint another port.");
                }

                await Task.Delay(RetryInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
