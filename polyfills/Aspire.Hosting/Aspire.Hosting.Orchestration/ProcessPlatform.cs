namespace Aspire.Hosting.Orchestration;

/// <summary>The place where operating systems differ: starting, stopping and never losing processes.</summary>
internal abstract class ProcessPlatform
{
    /// <summary>The implementation for the system this runs on.</summary>
    public static ProcessPlatform Create() =>
        OperatingSystem.IsWindows() ? new WindowsProcessPlatform() : new UnixProcessPlatform();

    /// <summary>
    /// Separates the supervisor from the terminal, so that Ctrl-C there reaches the application host only, which then
    /// stops the processes in its order; and makes sure that no descendant can outlive the supervisor unnoticed.
    /// </summary>
    public abstract void TakeCharge();

    /// <summary>Starts a process.</summary>
    /// <exception cref="IOException">The system refused; the message is the system's reason.</exception>
    public abstract ChildProcess Start(StartCommand command);

    /// <summary>Kills what is still alive of all that was ever started, however it detached itself.</summary>
    public abstract void KillRemaining();
}
