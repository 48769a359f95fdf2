using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using DqnAspire.AppHost.Hosting;

namespace DqnAspire.AppHost.Tests;

/// <summary>
/// AppHost as its user starts it: a process with arguments, output, signals and an exit code; ports of its own.
/// </summary>
internal sealed partial class RunningAppHost : IAsyncDisposable
{
    private static readonly int[] Ports = [5101, 5102, 5103, 5104, 5105, 5111, 5112, 5113, 5114, 18888, 18889, 18890];

    /// <summary>In the environment of every process of one system, as children inherit it.</summary>
    private const string MarkVariable = "DQN_TEST_SYSTEM";

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public RunningAppHost(params string[] arguments)
        : this(FreeOffset(), arguments)
    {
    }

    public RunningAppHost(int portOffset, params string[] arguments)
        : this(portOffset, path: null, arguments)
    {
    }

    /// <param name="portOffset">Of all ports.</param>
    /// <param name="path">The PATH that it has; null: the test's.</param>
    /// <param name="arguments">Its command line.</param>
    public RunningAppHost(int portOffset, string? path, params string[] arguments)
        : this(portOffset, path, NewFolder(), [$"--port-offset={portOffset}", .. arguments])
    {
    }

    private RunningAppHost(int portOffset, string? path, string folder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        PortOffset = portOffset;
        Folder = folder;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Executable);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[MarkVariable] = _mark;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        start.Environment["PATH"] = path ?? start.Environment["PATH"];
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data, _output);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, _errors);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Another one in the folder of this one, which is at its end.</summary>
    public RunningAppHost Again(params string[] arguments)
    {
        var offset = FreeOffset();
        return new(offset, path: null, Folder, [$"--port-offset={offset}", .. arguments]);
    }

    /// <summary>One with these arguments and no others, as Aspire's tools start it.</summary>
    public static RunningAppHost WithArguments(params string[] arguments) => new(0, path: null, NewFolder(), arguments);

    /// <summary>One with further environment variables.</summary>
    public static RunningAppHost WithEnvironment(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var offset = FreeOffset();
        return new(offset, path: null, NewFolder(), [$"--port-offset={offset}", .. arguments], environment);
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("dqn-apphost-").FullName;

    public int PortOffset { get; }

    /// <summary>Where the command is given.</summary>
    public string Folder { get; }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public string LastLine => Output.TrimEnd().Split('\n')[^1].TrimEnd();

    private static string Executable
    {
        get
        {
            // tests/AppHost.Tests/bin/CONFIGURATION/FRAMEWORK/
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            var (framework, configuration) = (own.Name, own.Parent!.Name);
            var root = own.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(root, "AppHost", "bin", configuration, framework, "DqnAspire.AppHost.dll");
        }
    }

    /// <summary>Waits for the process to end.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until a text has been printed.</summary>
    public async Task SeeAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        var exit = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(seen.Task, exit).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken) == exit)
        {
            Assert.Contains(text, Output + Errors, StringComparison.Ordinal);
        }
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, 2));

    /// <summary>Asks it to end, as a system that shuts down does.</summary>
    public void Terminate() => Assert.Equal(0, Kill(_process.Id, 15));

    public void Kill() => _process.Kill();

    /// <summary>Waits until none of the system's processes is left: services, orchestrator, dashboard.</summary>
    public async Task NoProcessLeftAsync()
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{MarkVariable}={_mark}");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        while (Process.GetProcesses().FirstOrDefault(p => Environment(p.Id).Contains(mark)) is { } left)
        {
            Assert.False(patience.IsCancellationRequested, $"{File.ReadAllText($"/proc/{left.Id}/cmdline").Replace('\0', ' ')} is still there.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>kill -9 of every process of the system at once.</summary>
    /// <param name="except">
    /// Those whose command line contains one of these texts are left to notice by themselves.
    /// </param>
    public void KillAll(params string[] except)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{MarkVariable}={_mark}");
        foreach (var process in Process.GetProcesses().Where(p => Environment(p.Id).Contains(mark)))
        {
            var command = File.ReadAllText($"/proc/{process.Id}/cmdline");
            if (!except.Any(text => command.Contains(text, StringComparison.Ordinal)))
            {
                process.Kill();
            }
        }
    }

    /// <summary>kill -9 of one of the services.</summary>
    /// <param name="port">Its gRPC port, without the offset.</param>
    /// <returns>Whether it was there.</returns>
    public bool KillService(int port)
    {
        var variable = string.Create(CultureInfo.InvariantCulture, $"Kestrel__Endpoints__grpc__Url=http://127.0.0.1:{port + PortOffset}");
        var process = Process.GetProcesses().SingleOrDefault(p => Environment(p.Id).Contains(variable));
        process?.Kill();
        return process is not null;
    }

    /// <summary>Waits until none of the services' ports is listened at any more.</summary>
    public async Task AllGoneAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        foreach (var port in Ports)
        {
            while (!IsFree(port + PortOffset))
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    public string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + PortOffset}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (OperatingSystem.IsLinux())
        {
            // What a failed test would leave behind.
            KillAll();
        }

        if (!Directory.Exists(Folder))
        {
            return;
        }

        // After a kill the last service may still be writing its run's end while it goes.
        for (var tries = 0; ; tries++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>An offset at which no port is used.</summary>
    public static int FreeOffset()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            // Below the range from which the system gives ports to whoever asks for any.
            var offset = Random.Shared.Next(1000, 13_000);
            if (Ports.All(port => IsFree(port + offset)))
            {
                return offset;
            }
        }

        throw new InvalidOperationException("No free block of ports was found.");
    }

    private static bool IsFree(int port) => PortCheck.TryListen(port) is null;

    private static string[] Environment(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is another user's, or has just ended.
            return [];
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Take(string? line, StringBuilder text)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.Append(line).Append('\n');
        }

        lock (_output)
        {
            foreach (var (awaited, seen) in _awaited)
            {
                if (line.Contains(awaited, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
