namespace DqnAspire.AppHost;

/// <summary>The lines that scripts read.</summary>
internal static class Terminal
{
    /// <summary>Prints the one line that says what failed.</summary>
    /// <returns>The exit code for it.</returns>
    public static int Fail(string problem)
    {
        Console.Error.WriteLine($"error: {problem}");
        return ExitCode.Failure;
    }
}
