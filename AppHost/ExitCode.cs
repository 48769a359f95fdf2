namespace DqnAspire.AppHost;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    /// <summary>Done; with <c>--until-done</c>: solved.</summary>
    public const int Success = 0;

    /// <summary>Something failed; one line on standard error says what.</summary>
    public const int Failure = 1;

    /// <summary>The run ended before its stopping rule fired.</summary>
    public const int Unsolved = 2;

    /// <summary>Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Asked to end by the system, as shells count it: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
