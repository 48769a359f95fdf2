using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Windows. The supervisor puts itself into a job object that kills its members when the last handle to it closes:
/// descendants join the job by inheritance, so none can outlive the supervisor. Each process leads a console process
/// group of its own, which is what Ctrl-Break is sent to.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsProcessPlatform : ProcessPlatform
{
    private const int JobObjectExtendedLimitInformation = 9;
    private const uint LimitKillOnJobClose = 0x2000;
    private const uint ControlBreakEvent = 1;

    /// <inheritdoc />
    public override void TakeCharge()
    {
        var job = CreateJobObject(0, null);
        var limits = default(ExtendedLimits);
        limits.LimitFlags = LimitKillOnJobClose;
        // The handle is left open on purpose: the system closes it when this process ends, and that kills the job.
        if (job == 0
            || !SetInformationJobObject(job, JobObjectExtendedLimitInformation, in limits, (uint)Marshal.SizeOf<ExtendedLimits>())
            || !AssignProcessToJobObject(job, Process.GetCurrentProcess().Handle))
        {
            throw new IOException($"No job object for the started processes: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <inheritdoc />
    public override ChildProcess Start(StartCommand command)
    {
        var start = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNewProcessGroup = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start) ?? throw new IOException("The system did not start a process.");
            process.StandardInput.Close();
            return new WindowsChildProcess(process);
        }
        catch (Win32Exception exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public override void KillRemaining()
    {
        // The job object does this when the supervisor ends.
    }

    private sealed class WindowsChildProcess(Process process) : ChildProcess
    {
        public override int ProcessId { get; } = process.Id;

        public override Stream Output => process.StandardOutput.BaseStream;

        public override Stream Error => process.StandardError.BaseStream;

        public override Task<int> Exit { get; } = WaitAsync(process);

        public override void RequestStop() => GenerateConsoleCtrlEvent(ControlBreakEvent, (uint)ProcessId);

        public override void Kill()
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
            {
                // Already gone, or ending now; what is left dies with the job object.
            }
        }

        private static async Task<int> WaitAsync(Process process)
        {
            await process.WaitForExitAsync().ConfigureAwait(false);
            return process.ExitCode;
        }
    }

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateJobObject(nint attributes, string? name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(nint job, int informationClass, in ExtendedLimits information, uint length);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(nint job, nint process);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroupId);
}
