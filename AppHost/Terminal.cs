namespace DqnAspire.AppHost;

/// <summary>The lines that scripts read.</summary>
internal static class Terminal
{
    /// <summary>Prints the one line that says what failed.</summary>
    /// <returns>The exit code for it.</returns>
    public static int Fail(string problem)
    {
        // One advice for every port there is, the dashboard's and the services'.
        var advice = problem.Contains("in use", StringComparison.OrdinalIgnoreCase) ? " (--port-offset N moves all ports of this system)" : "";
        Console.Error.WriteLine($"error: {problem}{advice}");
        return ExitCode.Failure;
    }
}
