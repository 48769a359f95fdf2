using DqnAspire.Core;

namespace DqnAspire.Monitoring;

/// <summary>The lines that scripts read.</summary>
public static class Terminal
{
    /// <summary>Prints the one line that says what failed.</summary>
    /// <param name="problem">What failed.</param>
    /// <param name="log">The file with the details; null: there is none.</param>
    /// <returns><see cref="ExitCodes.Failure"/>.</returns>
    public static int Fail(string problem, string? log = null)
    {
        var more = log is null ? "" : $" (log: {ShortPath(log)})";
        Console.Error.WriteLine(ErrorLine.Of(problem + more));
        return ExitCodes.Failure;
    }

    /// <summary>A path as the user would type it: relative to the working directory if it lies below that.</summary>
    public static string ShortPath(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
