using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DqnAspire.Services.Tests;

/// <summary>A service as a process of its own, which can be killed and started again at the same ports.</summary>
/// <param name="assembly">The service's program, for example "DqnAspire.EnvService.dll".</param>
internal sealed class ServiceProcess(string assembly) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly int _httpPort = TestPorts.Next();
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly SemaphoreSlim _printed = new(0);
    private Process? _process;

    public int GrpcPort { get; } = TestPorts.Next();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{GrpcPort}");

    public Uri HttpAddress => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_httpPort}"));

    /// <summary>Its arguments besides the ports.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables that only it has.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What it has printed so far, on both of its outputs.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public void Start()
    {
        // Not the folder that its settings are in.
        var start = new ProcessStartInfo(
            "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath()
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        start.ArgumentList.Add($"--Kestrel:Endpoints:grpc:Url={Address}");
        start.ArgumentList.Add($"--Kestrel:Endpoints:http:Url={HttpAddress}");
        foreach (var argument in Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        // Read, so that a full pipe never stops the service.
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process!.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>SIGTERM; ends when the process does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Process.Start("kill", string.Create(CultureInfo.InvariantCulture, $"-TERM {_process!.Id}")).WaitForExit();
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until it prints a line.</summary>
    public async Task<string> PrintedAsync(Func<string, bool> line, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_lines.FirstOrDefault(line) is { } found)
            {
                return found;
            }

            Assert.True(
                await _printed.WaitAsync(Patience, cancellationToken),
                $"{assembly} printed:\n{string.Join('\n', _lines)}");
        }
    }

    public void Dispose() => Kill();

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            _printed.Release();
        }
    }
}
