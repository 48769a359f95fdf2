using System.Diagnostics;
using System.Globalization;

namespace DqnAspire.Services.Tests;

/// <summary>A service as a process of its own, which can be killed and started again at the same ports.</summary>
/// <param name="assembly">The service's program, for example "DqnAspire.EnvService.dll".</param>
internal sealed class ServiceProcess(string assembly) : IDisposable
{
    private readonly int _httpPort = TestPorts.Next();
    private Process? _process;

    public int GrpcPort { get; } = TestPorts.Next();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{GrpcPort}");

    /// <summary>Its arguments besides the ports.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

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

        _process = Process.Start(start)!;
        // Read, so that a full pipe never stops the service.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
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
