using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DqnAspire.ServiceDefaults;

/// <summary>
/// Stops a service when the system that started it is gone. The orchestrator does the same, unless it was killed
/// together with the system.
/// </summary>
internal sealed partial class SystemWatch(
    IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<SystemWatch> logger) : BackgroundService
{
    /// <summary>
    /// Setting with the id of the system's process, set by AppHost. Without it, the service was started alone.
    /// </summary>
    public const string ProcessIdSetting = "System:ProcessId";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration.GetValue<int?>(ProcessIdSetting) is not { } id)
        {
            return;
        }

        var started = StartOf(id);
        using var timer = new PeriodicTimer(Period);
        // Process ids are reused: another process may get the same one.
        while (started is not null && StartOf(id) == started)
        {
            await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }

        SystemGone(id);
        lifetime.StopApplication();
    }

    /// <summary>When a process was started; null when there is none.</summary>
    private static DateTime? StartOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime;
        }
        catch (Exception e)
            when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The system that this service belongs to (process {ProcessId}) is gone; the service ends.")]
    private partial void SystemGone(int processId);
}
