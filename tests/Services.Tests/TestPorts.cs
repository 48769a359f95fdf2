using System.Net;
using System.Net.Sockets;

namespace DqnAspire.Services.Tests;

/// <summary>
/// Ports for services that go away and come back. They lie below the range from which the system gives ports to whoever
/// asks for any: within it, somebody else may have taken the port meanwhile, and a client that keeps trying may even
/// connect to itself.
/// </summary>
internal static class TestPorts
{
    private const int First = 20_000;
    private const int End = 32_000;

    private static int _next = Random.Shared.Next(First, End);

    /// <summary>A port at which nobody listens, and which no other caller gets.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _next) - First) % (End - First));
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // It is taken; the next one may not be.
            }
        }
    }
}
