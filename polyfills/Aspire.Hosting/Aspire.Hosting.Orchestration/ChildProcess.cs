namespace Aspire.Hosting.Orchestration;

/// <summary>A process that the supervisor started, with everything that process started itself.</summary>
internal abstract class ChildProcess
{
    /// <summary>The operating system's process id.</summary>
    public abstract int ProcessId { get; }

    /// <summary>What the process writes to standard output.</summary>
    public abstract Stream Output { get; }

    /// <summary>What the process writes to standard error.</summary>
    public abstract Stream Error { get; }

    /// <summary>Completes when the process has ended; 128 + n when signal n ended it, as shells report it.</summary>
    public abstract Task<int> Exit { get; }

    /// <summary>Asks the process to end: SIGTERM, or Ctrl-Break on Windows.</summary>
    public abstract void RequestStop();

    /// <summary>Kills the process and every process it started, also when the process itself has ended already.</summary>
    public abstract void Kill();
}
