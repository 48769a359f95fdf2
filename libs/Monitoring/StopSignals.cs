using System.Runtime.InteropServices;

namespace DqnAspire.Monitoring;

/// <summary>
/// Ctrl-C and SIGTERM, from the first moment of a process: the first signal asks for an orderly end, the next one ends
/// the process at once.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    /// <summary>Starts to listen.</summary>
    public StopSignals()
    {
        _interrupt = Register(PosixSignal.SIGINT, ExitCodes.Interrupted);
        _terminate = Register(PosixSignal.SIGTERM, ExitCodes.Terminated);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code for the signal that arrived; null: none did.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Leaves signals to the runtime again.</summary>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int exitCode) =>
        PosixSignalRegistration.Create(signal, context => OnSignal(context, exitCode));

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        context.Cancel = ExitCode is null;
        ExitCode = exitCode;
        _stop.Cancel();
    }
}
