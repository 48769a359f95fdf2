using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Talks to the supervisor, a small process that starts all others and ends them when this one is gone, even killed.
/// It is started with the first resource, and again if it should ever end by itself.
/// </summary>
internal sealed class OrchestrationClient(ILogger<OrchestrationClient> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Connection? _connection;
    private int _lastId;

    /// <summary>Starts a process.</summary>
    /// <param name="plan">What to start.</param>
    /// <param name="onLine">Gets each line of output, and whether it came from standard error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistributedApplicationException">The system refused to start it.</exception>
    public async Task<StartedProcess> StartAsync(LaunchPlan plan, Action<string, bool> onLine, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Connect();
        var process = new StartedProcess(Interlocked.Increment(ref _lastId), connection, onLine);
        connection.Send(process, FrameKind.Start, new StartCommand(
            process.Id, plan.FileName, plan.Arguments, plan.WorkingDirectory, [.. plan.Environment]).Write);
        await process.Start.ConfigureAwait(false);
        return process;
    }

    /// <summary>Ends the supervisor, which ends every process that still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        Connection? connection;
        lock (_lock)
        {
            connection = _connection;
            _connection = null;
        }

        if (connection is not null)
        {
            await connection.CloseAsync(ExitPatience).ConfigureAwait(false);
        }
    }

    private Connection Connect()
    {
        lock (_lock)
        {
            if (_connection is not { IsOpen: true })
            {
                _connection = new Connection(logger);
            }

            return _connection;
        }
    }

    /// <summary>A process that the supervisor started.</summary>
    internal sealed class StartedProcess(int id, Connection connection, Action<string, bool> onLine)
    {
        private readonly TaskCompletionSource _start = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Id => id;

        /// <summary>The operating system's process id.</summary>
        public int ProcessId { get; private set; }

        /// <summary>Completes when the process runs; fails if it could not be started.</summary>
        public Task Start => _start.Task;

        /// <summary>Completes with the exit code when the process and all it started are gone.</summary>
        public Task<int> Exit => _exit.Task;

        /// <summary>Asks the process to end, and has it killed after a grace period.</summary>
        public void Stop(TimeSpan grace) =>
            connection.Send(this, FrameKind.Stop, new StopCommand(id, (int)grace.TotalMilliseconds).Write);

        public void OnStarted(int processId)
        {
            ProcessId = processId;
            _start.TrySetResult();
        }

        public void OnStartFailed(string message) => _start.TrySetException(new DistributedApplicationException(message));

        public void OnLine(string text, bool isError) => onLine(text, isError);

        public void OnExited(int exitCode) => _exit.TrySetResult(exitCode);
    }

    /// <summary>One supervisor process.</summary>
    internal sealed class Connection
    {
        private readonly ILogger _logger;
        private readonly Process _process;
        private readonly FrameChannel _channel;
        private readonly ConcurrentDictionary<int, StartedProcess> _processes = new();
        private volatile bool _isOpen = true;

        public Connection(ILogger logger)
        {
            _logger = logger;
            var program = Path.Combine(AppContext.BaseDirectory, "Aspire.Hosting.Orchestration.dll");
            if (!File.Exists(program))
            {
                throw new DistributedApplicationException($"The supervisor '{program}' is missing. Build the application host's project.");
            }

            _process = Process.Start(new ProcessStartInfo(ProjectTargets.DotnetPath, [program])
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }) ?? throw new DistributedApplicationException("The supervisor could not be started.");
            _process.ErrorDataReceived += OnError;
            _process.BeginErrorReadLine();
            _channel = new FrameChannel(_process.StandardOutput.BaseStream, _process.StandardInput.BaseStream);
            new Thread(Receive) { IsBackground = true, Name = "supervisor" }.Start();
        }

        public bool IsOpen => _isOpen;

        public void Send(StartedProcess process, FrameKind kind, Action<BinaryWriter> writeBody)
        {
            if (kind == FrameKind.Start)
            {
                _processes[process.Id] = process;
            }

            try
            {
                _channel.Send(kind, writeBody);
            }
            catch (IOException)
            {
                // The supervisor is gone; Receive ends what it left.
            }

            if (!_isOpen)
            {
                Abandon();
            }
        }

        public async Task CloseAsync(TimeSpan patience)
        {
            _process.StandardInput.Close();
            using var timeout = new CancellationTokenSource(patience);
            try
            {
                await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _logger.LogError("The supervisor (process {ProcessId}) did not end and is killed.", _process.Id);
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }

        private void OnError(object sender, DataReceivedEventArgs line)
        {
            if (!string.IsNullOrEmpty(line.Data))
            {
                _logger.LogError("Supervisor: {Line}", line.Data);
            }
        }

        private void Receive()
        {
            try
            {
                while (_channel.Receive() is var (kind, body))
                {
                    Handle(kind, body);
                }
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or ObjectDisposedException)
            {
                _logger.LogError("The connection to the supervisor broke: {Message}", exception.Message);
            }

            _isOpen = false;
            Abandon();
        }

        private void Handle(FrameKind kind, BinaryReader body)
        {
            var id = body.ReadInt32();
            if (!_processes.TryGetValue(id, out var process))
            {
                return;
            }

            switch (kind)
            {
                case FrameKind.Started:
                    process.OnStarted(body.ReadInt32());
                    break;
                case FrameKind.StartFailed:
                    _processes.TryRemove(id, out _);
                    process.OnStartFailed(body.ReadString());
                    break;
                case FrameKind.Output:
                    var isError = body.ReadBoolean();
                    process.OnLine(body.ReadString(), isError);
                    break;
                case FrameKind.Exited:
                    _processes.TryRemove(id, out _);
                    process.OnExited(body.ReadInt32());
                    break;
                default:
                    throw new InvalidDataException($"The supervisor sent a frame of kind {kind}.");
            }
        }

        /// <summary>Without its supervisor nobody looks after a process, so it ends here.</summary>
        private void Abandon()
        {
            foreach (var (id, process) in _processes)
            {
                if (_processes.TryRemove(id, out _))
                {
                    process.OnStartFailed("The supervisor ended.");
                    KillByProcessId(process.ProcessId);
                    process.OnExited(-1);
                }
            }
        }

        private static void KillByProcessId(int processId)
        {
            if (processId == 0)
            {
                return;
            }

            try
            {
                using var process = Process.GetProcessById(processId);
                process.Kill(entireProcessTree: true);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
            {
                // It has ended by itself.
            }
        }
    }
}
