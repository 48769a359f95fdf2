using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;

namespace DqnAspire.GrpcPeers.Tests;

/// <summary>A server made with grpcio in a process of its own.</summary>
public sealed class PythonServer : IAsyncLifetime
{
    private Process? _process;
    private GrpcChannel? _channel;

    /// <summary>A channel to it; skips where grpcio is not installed.</summary>
    public GrpcChannel Channel
    {
        get
        {
            Assert.SkipWhen(_channel is null, "No python3 with grpcio is installed (Debian package python3-grpcio).");
            return _channel;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PeerProcess.Python("server.py") is not { } start)
        {
            return;
        }

        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        var port = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await errors);
        _channel = GrpcChannel.ForAddress(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    public void Kill() => _process!.Kill();

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
