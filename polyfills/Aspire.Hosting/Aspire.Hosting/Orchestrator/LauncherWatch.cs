using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Ends the application host, as SIGTERM would, when the <c>dotnet run</c> that started it is gone without having said so:
/// killed with -9 it cannot pass the end on, and nobody would see that everything still runs. On Windows
/// <c>dotnet run</c> holds its program in a job object, so the system does this.
/// </summary>
internal sealed partial class LauncherWatch(ILogger<LauncherWatch> logger) : BackgroundService
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (OperatingSystem.IsWindows() || !IsDotnet(GetParentProcessId()))
        {
            return;
        }

        var launcher = GetParentProcessId();
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                // A process whose parent has ended gets another one.
                if (GetParentProcessId() != launcher)
                {
                    logger.LogWarning("The program that started this one is gone; stopping.");
                    SendSignal(Environment.ProcessId, SigTerm);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private static bool IsDotnet(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName == "dotnet";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
