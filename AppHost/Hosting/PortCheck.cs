using System.Net;
using System.Net.Sockets;

namespace DqnAspire.AppHost.Hosting;

/// <summary>Finds a port that is taken before anything is started.</summary>
internal static class PortCheck
{
    private const string Advice = " (--port-offset N moves all ports of this system)";

    /// <summary>Checks that every port can be listened on.</summary>
    /// <param name="ports">What each is for, and its number.</param>
    /// <exception cref="StartUpException">One cannot.</exception>
    public static void RequireFree(IEnumerable<(string Use, int Port)> ports)
    {
        foreach (var (use, port) in ports)
        {
            if (port is < 1 or > ushort.MaxValue)
            {
                throw new StartUpException($"the port of {use} would be {port}; ports end at {ushort.MaxValue}.");
            }

            if (TryListen(port) is { } reason)
            {
                throw new StartUpException($"port {port} ({use}) {reason}.");
            }
        }
    }

    /// <summary>Adds to a problem what can be done about it, if it is an address that is taken.</summary>
    public static string Advise(string problem) =>
        problem.Contains("in use", StringComparison.OrdinalIgnoreCase)
        && !problem.Contains("--", StringComparison.Ordinal)
            ? problem + Advice
            : problem;

    /// <summary>Listens on a port of loopback for a moment.</summary>
    /// <returns>Why it cannot be listened on; null: it can.</returns>
    public static string? TryListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As servers do on Unix: what is left of a connection from a moment ago does not make a port taken.
            if (!OperatingSystem.IsWindows())
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "is in use" : $"cannot be used: {e.Message}";
        }
    }
}
