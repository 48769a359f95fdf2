using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>A <c>redis-server</c> as AppHost starts it: append-only file, on loopback, its folder among the temporary files.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;

    private RedisServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        _port = port;
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <returns>Null where there is no such program.</returns>
    public static async Task<RedisServer?> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dqn-benchmark-redis-").FullName;
        var port = FreePort();
        string[] arguments =
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "no", "--auto-aof-rewrite-percentage", "0",
        ];
        try
        {
            var process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
            while (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                    return new RedisServer(process, folder, port);
                }
            }

            throw new BenchmarkException("redis-server ended before it was ready.");
        }
        catch (Win32Exception)
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }
    }

    /// <summary>Bytes a second of <c>redis-benchmark -t get -P 16</c> with values of a size.</summary>
    public async Task<double> BenchmarkGetAsync(int valueBytes, double scale, CancellationToken cancellationToken)
    {
        var requests = Math.Max(20_000, (int)(500_000 * scale));
        string[] arguments =
        [
            "-p", _port.ToString(CultureInfo.InvariantCulture), "-t", "set,get", "-P", "16", "-d", valueBytes.ToString(CultureInfo.InvariantCulture),
            "-n", requests.ToString(CultureInfo.InvariantCulture), "-r", "1000", "--csv",
        ];
        using var process = Process.Start(new ProcessStartInfo("redis-benchmark", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        var get = output.Split('\n').FirstOrDefault(line => line.StartsWith("\"GET\"", StringComparison.Ordinal))
            ?? throw new BenchmarkException($"redis-benchmark said nothing of GET: {output}");
        return valueBytes * double.Parse(get.Split(',')[1].Trim('"'), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
