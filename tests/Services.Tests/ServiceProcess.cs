using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DqnAspire.Services.Tests;

/// <summary>A service as a process of its own, which can be killed and started again at the same ports.</summary>
/// <param name="assembly">The service's program, for example "DqnAspire.EnvService.dll".</param>
internal sealed class ServiceProcess(string assembly) : IDisposable
{
    private readonly int _httpPort = TestPorts.Next();
    private readonly ConcurrentQueue<string> _output = [];
    private Process? _process;

    public int GrpcPort { get; } = TestPorts.Next();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{GrpcPort}");

    public Uri HttpAddress => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_httpPort}"));

    /// <summary>Its arguments besides the ports.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables besides those of this process.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The lines that it has written so far, to either output.</summary>
    public IReadOnlyCollection<string> Output => _output;

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        start.ArgumentList.Add($"--Kestrel:Endpoints:grpc:Url={Address}");
        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--Kestrel:Endpoints:http:Url=http://127.0.0.1:{_httpPort}"));
        start.ArgumentList.Add("--Logging:LogLevel:Default=Warning");
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
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
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

    public void Dispose() => Kill();
}
