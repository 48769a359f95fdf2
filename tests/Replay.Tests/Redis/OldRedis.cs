using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>A way to a server on which its version, wherever it is told, becomes 5.</summary>
internal sealed class OldRedis : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;

    public OldRedis(int port)
    {
        _listener.Start();
        _accepting = AcceptAsync(port);
    }

    public string Address => string.Create(
        CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private static async Task CopyAsync(
        NetworkStream from, NetworkStream to, bool age, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (age)
            {
                foreach (var newer in (byte[])[.. "678"u8])
                {
                    Age(buffer.AsSpan(0, read), [newer, .. ".0."u8]);
                    Age(buffer.AsSpan(0, read), [newer, .. ".2."u8]);
                }
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static void Age(Span<byte> reply, ReadOnlySpan<byte> version)
    {
        for (int at; (at = reply.IndexOf(version)) >= 0; reply = reply[at..])
        {
            "5.0."u8.CopyTo(reply[at..]);
        }
    }

    private async Task AcceptAsync(int port)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_ended.Token);
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, port, _ended.Token);
            await Task.WhenAny(
                CopyAsync(client.GetStream(), server.GetStream(), age: false, _ended.Token),
                CopyAsync(server.GetStream(), client.GetStream(), age: true, _ended.Token));
        }
    }
}
