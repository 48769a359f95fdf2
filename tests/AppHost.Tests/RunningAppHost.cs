using System.Diagnostics;
using DqnAspire.AppHost.Hosting;
using DqnAspire.TestSupport;

namespace DqnAspire.AppHost.Tests;

/// <summary>AppHost as its user starts it, with ports and a folder of its own.</summary>
internal sealed class RunningAppHost : RunningProgram
{
    private static readonly int[] Ports =
        [5101, 5102, 5103, 5104, 5105, 5111, 5112, 5113, 5114, 18888, 18889, 18890];

    /// <summary>In the environment of every process of one system, as children inherit it.</summary>
    private const string MarkVariable = "DQN_TEST_SYSTEM";

    private readonly string _mark;

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
        : this(
            portOffset,
            NewFolder(),
            WithOffset(portOffset, arguments),
            path is null ? [] : new() { ["PATH"] = path },
            NewMark())
    {
    }

    private RunningAppHost(
        int portOffset, string folder, string[] arguments, Dictionary<string, string> environment, string mark)
        : base(
            AssemblyOf("AppHost", "DqnAspire.AppHost.dll"),
            folder,
            arguments,
            environment.Append(new(MarkVariable, mark)))
    {
        PortOffset = portOffset;
        _mark = $"{MarkVariable}={mark}";
    }

    public int PortOffset { get; }

    /// <summary>Another one in the folder of this one, which is at its end.</summary>
    public RunningAppHost Again(params string[] arguments)
    {
        var offset = FreeOffset();
        return new(offset, Folder, WithOffset(offset, arguments), [], NewMark());
    }

    /// <summary>One with these arguments and no others, as Aspire's tools start it.</summary>
    public static RunningAppHost WithArguments(params string[] arguments) =>
        new(0, NewFolder(), arguments, [], NewMark());

    /// <summary>One with further environment variables.</summary>
    public static RunningAppHost WithEnvironment(Dictionary<string, string> environment, params string[] arguments)
    {
        var offset = FreeOffset();
        return new(offset, NewFolder(), WithOffset(offset, arguments), environment, NewMark());
    }

    /// <summary>Waits until none of the system's processes is left: services, orchestrator, dashboard.</summary>
    public async Task NoProcessLeftAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        while (Process.GetProcesses().FirstOrDefault(p => Environment(p.Id).Contains(_mark)) is { } left)
        {
            var command = File.ReadAllText($"/proc/{left.Id}/cmdline").Replace('\0', ' ');
            Assert.False(patience.IsCancellationRequested, $"{command} is still there.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>kill -9 of every process of the system at once.</summary>
    /// <param name="except">
    /// Those whose command line contains one of these texts are left to notice by themselves.
    /// </param>
    public void KillAll(params string[] except)
    {
        foreach (var process in Process.GetProcesses().Where(p => Environment(p.Id).Contains(_mark)))
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
        var variable = $"Kestrel__Endpoints__grpc__Url={Address(port)}";
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

    public string Address(int port) => $"http://127.0.0.1:{port + PortOffset}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
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

    private static string NewFolder() => Directory.CreateTempSubdirectory("dqn-apphost-").FullName;

    private static string NewMark() => Guid.NewGuid().ToString("N");

    private static string[] WithOffset(int offset, string[] arguments) => [$"--port-offset={offset}", .. arguments];

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
}
