namespace DqnAspire.Cli;

/// <summary>Finds the name that was probably meant by a misspelt one.</summary>
internal static class Suggestions
{
    /// <summary>Edits after which two names no longer count as similar.</summary>
    private const int MaxDistance = 3;

    /// <summary>The most similar name.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="known">The names that exist.</param>
    /// <returns>Null: none is similar.</returns>
    public static string? For(string name, IEnumerable<string> known) => known
        .Select(candidate => (
            Name: candidate,
            Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= Math.Min(MaxDistance, candidate.Name.Length / 2))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>
    /// Levenshtein's distance: the insertions, deletions and replacements that turn one text into the other.
    /// </summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
