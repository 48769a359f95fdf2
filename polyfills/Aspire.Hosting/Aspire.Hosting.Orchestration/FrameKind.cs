namespace Aspire.Hosting.Orchestration;

/// <summary>What a frame between the application host and the supervisor says.</summary>
internal enum FrameKind : byte
{
    /// <summary>Host to supervisor: start a process. Body: see <see cref="StartCommand"/>.</summary>
    Start = 1,

    /// <summary>Host to supervisor: ask a process to end, then kill it. Body: see <see cref="StopCommand"/>.</summary>
    Stop = 2,

    /// <summary>Supervisor to host: the process runs. Body: identifier, process id.</summary>
    Started = 3,

    /// <summary>Supervisor to host: the process could not be started. Body: identifier, reason.</summary>
    StartFailed = 4,

    /// <summary>Supervisor to host: one line of output. Body: identifier, is error output, text.</summary>
    Output = 5,

    /// <summary>Supervisor to host: the process and all it started are gone. Body: identifier, exit code.</summary>
    Exited = 6,
}
