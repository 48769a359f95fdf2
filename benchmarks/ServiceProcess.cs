using System.Diagnostics;

namespace DqnAspire.Benchmarks;

/// <summary>A service as a process of its own, at a free port; ended with this object.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private ServiceProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Memory of the process that is in RAM, in MB (10^6 bytes).</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <exception cref="BenchmarkException">The process ended before it listened.</exception>
    public static async Task<ServiceProcess> StartAsync(
        string assembly, CancellationToken cancellationToken, params string[] settings)
    {
        string[] arguments =
        [
            assembly,
            "--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", .. settings,
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        // As AppHost starts them.
        start.Environment["DOTNET_GCgen0size"] = "0x400000";
        var process = Process.Start(start)!;
        try
        {
            // The gRPC endpoint is the first that is told.
            while (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                var at = line.IndexOf(Listening, StringComparison.Ordinal);
                if (at >= 0)
                {
                    // A full pipe would stop the service.
                    _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                    return new ServiceProcess(process, new Uri(line[(at + Listening.Length)..]));
                }
            }
        }
        catch
        {
            End(process);
            throw;
        }

        End(process);
        throw new BenchmarkException($"{assembly} ended before it listened.");
    }

    public void Dispose() => End(_process);

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
