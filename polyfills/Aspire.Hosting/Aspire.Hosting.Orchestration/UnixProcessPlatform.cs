using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Linux and macOS. The supervisor leads a session of its own; each process leads a process group of its own, so that
/// one signal reaches it with all its descendants. On Linux the supervisor also adopts descendants that left their
/// group, and finds them at the end.
/// </summary>
/// <remarks>
/// <c>posix_spawn</c> rather than <see cref="System.Diagnostics.Process"/>: only it can put the new process into its
/// group before the first instruction of the new program runs.
/// </remarks>
internal sealed partial class UnixProcessPlatform : ProcessPlatform
{
    private const int SigKill = 9;
    private const int SigPipe = 13;
    private const int SigTerm = 15;
    private const int ErrorInterrupted = 4;
    private const int PrctlSetChildSubreaper = 36;

    // POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK: the same bits on Linux and macOS.
    private const short SpawnFlags = 0x02 | 0x04 | 0x08;

    // Larger than posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t of every supported C library.
    private const int OpaqueBytes = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, UnixChildProcess> _running = [];
    private readonly SemaphoreSlim _started = new(0);

    /// <inheritdoc />
    public override void TakeCharge()
    {
        SetSessionId();
        if (OperatingSystem.IsLinux())
        {
            ProcessControl(PrctlSetChildSubreaper, 1, 0, 0, 0);
        }

        new Thread(Reap, maxStackSize: 256 * 1024) { IsBackground = true, Name = "reaper" }.Start();
    }

    /// <inheritdoc />
    public override unsafe ChildProcess Start(StartCommand command)
    {
        var output = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var error = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var arguments = new NativeStrings([command.FileName, .. command.Arguments]);
        var environment = new NativeStrings([.. command.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        var actions = NativeMemory.AllocZeroed(OpaqueBytes);
        var attributes = NativeMemory.AllocZeroed(OpaqueBytes);
        var signals = NativeMemory.AllocZeroed(OpaqueBytes);
        var started = false;
        try
        {
            Check(FileActionsInit(actions));
            Check(FileActionsAddOpen(actions, 0, "/dev/null", 0, 0));
            Check(FileActionsAddDuplicate(actions, (int)output.ClientSafePipeHandle.DangerousGetHandle(), 1));
            Check(FileActionsAddDuplicate(actions, (int)error.ClientSafePipeHandle.DangerousGetHandle(), 2));
            Check(FileActionsAddChangeDirectory(actions, command.WorkingDirectory));
            Check(AttributesInit(attributes));
            Check(AttributesSetFlags(attributes, SpawnFlags));
            Check(AttributesSetProcessGroup(attributes, 0));
            SignalSetEmpty(signals);
            Check(AttributesSetSignalMask(attributes, signals));
            // The runtime ignores SIGPIPE, and an ignored signal would stay ignored in the new program.
            SignalSetAdd(signals, SigPipe);
            Check(AttributesSetSignalDefault(attributes, signals));

            lock (_lock)
            {
                Check(Spawn(out var processId, command.FileName, actions, attributes, arguments.Pointer, environment.Pointer));
                started = true;
                var child = new UnixChildProcess(this, processId, output, error);
                _running.Add(processId, child);
                _started.Release();
                return child;
            }
        }
        finally
        {
            FileActionsDestroy(actions);
            AttributesDestroy(attributes);
            NativeMemory.Free(actions);
            NativeMemory.Free(attributes);
            NativeMemory.Free(signals);
            arguments.Dispose();
            environment.Dispose();
            output.DisposeLocalCopyOfClientHandle();
            error.DisposeLocalCopyOfClientHandle();
            if (!started)
            {
                output.Dispose();
                error.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public override void KillRemaining()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Killing a process hands its children to the supervisor, so look again until none is left.
        for (var round = 0; round < 100; round++)
        {
            var children = LivingChildren();
            if (children.Count == 0)
            {
                return;
            }

            foreach (var processId in children)
            {
                SendSignal(processId, SigKill);
            }

            Thread.Sleep(10);
        }
    }

    private static List<int> LivingChildren()
    {
        List<int> children = [];
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out var processId) && IsLivingChild(directory))
            {
                children.Add(processId);
            }
        }

        return children;
    }

    private static bool IsLivingChild(string directory)
    {
        try
        {
            // "pid (name) state parent ...": the name may contain anything, so count from its closing bracket.
            var stat = File.ReadAllText(Path.Combine(directory, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3);
            return fields[0] is not ("Z" or "X") && int.Parse(fields[1], System.Globalization.CultureInfo.InvariantCulture) == Environment.ProcessId;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended while we were looking.
            return false;
        }
    }

    /// <summary>Waits for all children in one place: adopted ones have no owner who would wait for them.</summary>
    private void Reap()
    {
        while (true)
        {
            var processId = WaitForProcess(-1, out var status, 0);
            if (processId > 0)
            {
                UnixChildProcess? child;
                lock (_lock)
                {
                    _running.Remove(processId, out child);
                }

                var signal = status & 0x7f;
                child?.SetExited(signal == 0 ? (status >> 8) & 0xff : 128 + signal);
            }
            else if (Marshal.GetLastPInvokeError() != ErrorInterrupted)
            {
                // No children now: wait until one is started.
                _started.Wait();
            }
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    private sealed class UnixChildProcess(UnixProcessPlatform platform, int processId, Stream output, Stream error) : ChildProcess
    {
        private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override int ProcessId => processId;

        public override Stream Output => output;

        public override Stream Error => error;

        public override Task<int> Exit => _exit.Task;

        public override void RequestStop()
        {
            lock (platform._lock)
            {
                // Under the lock: once the process is reaped its number may belong to another.
                if (platform._running.ContainsKey(processId))
                {
                    SendSignal(-processId, SigTerm);
                }
            }
        }

        // The group keeps its number while any member lives, also after its leader was reaped.
        public override void Kill() => SendSignal(-processId, SigKill);

        public void SetExited(int exitCode) => _exit.TrySetResult(exitCode);
    }

    /// <summary>A null-terminated array of null-terminated UTF-8 strings.</summary>
    private sealed unsafe class NativeStrings : IDisposable
    {
        private readonly int _count;

        public NativeStrings(IReadOnlyList<string> values)
        {
            _count = values.Count;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++)
            {
                Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(values[i]);
            }
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            for (var i = 0; i < _count; i++)
            {
                Marshal.FreeCoTaskMem((nint)Pointer[i]);
            }

            NativeMemory.Free(Pointer);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSessionId();

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitForProcess(int processId, out int status, int options);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Spawn(out int processId, string path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static unsafe partial int FileActionsInit(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static unsafe partial int FileActionsDestroy(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int FileActionsAddOpen(void* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static unsafe partial int FileActionsAddDuplicate(void* actions, int descriptor, int newDescriptor);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int FileActionsAddChangeDirectory(void* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static unsafe partial int AttributesInit(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static unsafe partial int AttributesDestroy(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static unsafe partial int AttributesSetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static unsafe partial int AttributesSetProcessGroup(void* attributes, int processGroup);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static unsafe partial int AttributesSetSignalMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static unsafe partial int AttributesSetSignalDefault(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    private static unsafe partial int SignalSetEmpty(void* signals);

    [LibraryImport("libc", EntryPoint = "sigaddset")]
    private static unsafe partial int SignalSetAdd(void* signals, int signal);
}
