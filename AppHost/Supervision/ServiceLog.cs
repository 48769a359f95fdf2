using System.Globalization;
using DqnAspire.Core;

namespace DqnAspire.AppHost.Supervision;

/// <summary>Finds in the output of a service why it ended.</summary>
internal static class ServiceLog
{
    /// <summary>
    /// The reason that the service itself reports, or else the last line that it wrote to standard error.
    /// </summary>
    /// <returns>Null: it wrote none.</returns>
    public static async Task<string?> ReasonAsync(
        ResourceLoggerService logs, string resourceId, CancellationToken cancellationToken)
    {
        string? reported = null;
        string? last = null;
        var batches = logs.GetAllAsync(resourceId).WithCancellation(cancellationToken).ConfigureAwait(false);
        await foreach (var lines in batches)
        {
            foreach (var line in lines.Where(l => l.IsErrorMessage))
            {
                reported = ErrorLine.Read(line.Content) ?? reported;
                last = WithoutTime(line.Content);
            }
        }

        return reported ?? last;
    }

    /// <summary>The orchestrator puts the time before each line.</summary>
    private static string WithoutTime(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var hasTime = end > 0 && DateTime.TryParse(line.AsSpan(0, end), CultureInfo.InvariantCulture, out _);
        return hasTime ? line[(end + 1)..] : line;
    }
}
