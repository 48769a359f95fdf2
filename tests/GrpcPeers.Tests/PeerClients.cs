using System.Diagnostics;
using System.Reflection;

namespace DqnAspire.GrpcPeers.Tests;

/// <summary>Runs every scenario of both clients of other makes against our server, once; tests read the report.</summary>
public sealed class PeerClients : IAsyncLifetime
{
    private readonly OurServer _server = new();
    private readonly Dictionary<string, Dictionary<string, string>> _reports = [];

    public Uri Address => _server.Address;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        var authority = _server.Address.Authority;
        var metadata = typeof(PeerClients).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value!);
        var proto = Path.Combine(AppContext.BaseDirectory, "Protos", "peer.proto");
        _reports["python"] = await RunAsync(PeerProcess.Python("client.py", authority));
        _reports["node"] = await RunAsync(PeerProcess.Node(
            "client.js", metadata["NodePeer"], authority, proto, metadata["GrpcProtos"], metadata["NodePeer"]));
    }

    /// <summary>What a client said of a scenario; skips where the client is not installed.</summary>
    public string Report(string client, string scenario)
    {
        var report = _reports[client];
        Assert.SkipWhen(report.Count == 0, client == "python"
            ? "No python3 with grpcio is installed (Debian package python3-grpcio)."
            : "node, or its modules (npm ci in tests/GrpcPeers.Tests/peers/node), is not installed.");
        return report.GetValueOrDefault(scenario, $"no report; the client said: {report.GetValueOrDefault("stderr")}");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<Dictionary<string, string>> RunAsync(ProcessStartInfo? start)
    {
        var report = new Dictionary<string, string>();
        if (start is null)
        {
            return report;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                report[line[..space]] = line[(space + 1)..];
            }

            report["stderr"] = await errors;
        }
        catch (OperationCanceledException)
        {
            report["stderr"] = "it hung for a minute";
            process.Kill(entireProcessTree: true);
        }

        return report;
    }
}
