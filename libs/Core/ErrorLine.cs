namespace DqnAspire.Core;

/// <summary>
/// The line on standard error with which a program says why it ends. Scripts look for it, and a process that starts
/// services finds it in their output.
/// </summary>
public static class ErrorLine
{
    private const string Prefix = "error: ";

    /// <summary>The line for a problem.</summary>
    /// <param name="problem">One line for the user.</param>
    public static string Of(string problem) => Prefix + problem;

    /// <summary>The problem that a line of output reports.</summary>
    /// <param name="line">The line; other text may precede the report.</param>
    /// <returns>Null: the line is not such a report.</returns>
    public static string? Read(string line) =>
        line.IndexOf(Prefix, StringComparison.Ordinal) is >= 0 and var start ? line[(start + Prefix.Length)..] : null;
}
