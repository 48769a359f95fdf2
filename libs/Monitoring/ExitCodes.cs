namespace DqnAspire.Monitoring;

/// <summary>Exit codes of the programs that show a run in the terminal.</summary>
public static class ExitCodes
{
    /// <summary>Done. Where a run is waited for, it was solved.</summary>
    public const int Success = 0;

    /// <summary>Something failed; one line on standard error says what.</summary>
    public const int Failure = 1;

    /// <summary>The run reached its limit without being solved.</summary>
    public const int Unsolved = 2;

    /// <summary>Cancelled by Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by the system, as shells count it: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
