namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
/// <param name="LineNumber">Counts from 1 for each resource.</param>
/// <param name="Content">The time (UTC, RFC 3339), a space, and the text.</param>
/// <param name="IsErrorMessage">Whether it came from standard error, or is an error of the application host's own.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
