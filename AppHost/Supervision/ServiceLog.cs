using System.Globalization;

namespace DqnAspire.AppHost.Supervision;

/// <summary>What a service that ended says about it.</summary>
internal static class ServiceLog
{
    /// <summary>How services of ours begin the one line that says why they do not start.</summary>
    private const string Prefix = "error: ";

    /// <summary>The service's own reason, or else the last line that it wrote to standard error.</summary>
    /// <returns>Null when it wrote none.</returns>
    public static async Task<string?> ReasonAsync(ResourceLoggerService logs, string resourceId, CancellationToken cancellationToken)
    {
        string? own = null;
        string? last = null;
        await foreach (var lines in logs.GetAllAsync(resourceId).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in lines.Where(l => l.IsErrorMessage))
            {
                var start = line.Content.IndexOf(Prefix, StringComparison.Ordinal);
                own = start >= 0 ? line.Content[(start + Prefix.Length)..] : own;
                last = WithoutTime(line.Content);
            }
        }

        return own ?? last;
    }

    /// <summary>The orchestrator puts the time before each line.</summary>
    private static string WithoutTime(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && DateTime.TryParse(line.AsSpan(0, end), CultureInfo.InvariantCulture, out _) ? line[(end + 1)..] : line;
    }
}
