using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Reports;

/// <summary>How often each action was taken, in the whole run and at its end.</summary>
internal static class ActionTable
{
    private const int Window = 100;

    /// <summary>The table; null when the log has no counts.</summary>
    public static MarkdownTable? Of(RecordedRun run)
    {
        var counts = run.Records.Select(r => r.ActionCounts).OfType<IReadOnlyList<long>>().ToList();
        if (counts.Count == 0)
        {
            return null;
        }

        var (all, last) = (Sum(counts), Sum(counts.TakeLast(Window)));
        var table = new MarkdownTable("action", "taken", "share", $"share in the last {Window} records");
        for (var action = 0; action < all.Length; action++)
        {
            table.Add($"{action}", ReportText.Whole(all[action]), Share(all, action), Share(last, action));
        }

        return table;
    }

    private static string Share(long[] counts, int action) =>
        action < counts.Length && counts.Sum() is > 0 and var sum
            ? ReportText.Percent(100.0 * counts[action] / sum)
            : "";

    private static long[] Sum(IEnumerable<IReadOnlyList<long>> counts)
    {
        long[] sum = [];
        foreach (var record in counts)
        {
            Array.Resize(ref sum, Math.Max(sum.Length, record.Count));
            for (var action = 0; action < record.Count; action++)
            {
                sum[action] += record[action];
            }
        }

        return sum;
    }
}
