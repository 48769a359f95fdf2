namespace DqnAspire.AppHost.Display;

/// <summary>The lines that scripts read.</summary>
internal static class Terminal
{
    /// <summary>Prints the one line that says what failed.</summary>
    /// <param name="problem">What failed.</param>
    /// <param name="log">The file that says more; null when there is none yet.</param>
    /// <returns>The exit code for it.</returns>
    public static int Fail(string problem, string? log = null)
    {
        // One advice for every port there is, the dashboard's and the services'.
        var advice = problem.Contains("in use", StringComparison.OrdinalIgnoreCase) && !problem.Contains("--port-offset", StringComparison.Ordinal)
            ? " (--port-offset N moves all ports of this system)"
            : "";
        var more = log is null ? "" : $" (log: {Path.GetRelativePath(Environment.CurrentDirectory, log)})";
        Console.Error.WriteLine($"error: {problem}{advice}{more}");
        return ExitCode.Failure;
    }
}
