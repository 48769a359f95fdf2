namespace DqnAspire.Core;

/// <summary>
/// What somebody meant who mistyped a name. What is typed may have any length: no more than its beginning is looked at
/// or repeated.
/// </summary>
public static class Spelling
{
    /// <summary>Characters of a name that an error repeats; longer ones are cut.</summary>
    public const int MaxEchoed = 100;

    /// <summary>Edits after which two names no longer count as the same one mistyped.</summary>
    private const int MaxTypos = 3;

    /// <summary>A name as errors and logs repeat it: cut where it is long, without control characters.</summary>
    /// <param name="name">What was typed.</param>
    public static string Echo(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return OneLine.Of(name, MaxEchoed + "...".Length);
    }

    /// <summary>The known names that are similar to a word, the most similar first; capitals do not count.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="maxDistance">Edits after which a name no longer counts as similar.</param>
    public static IEnumerable<string> Similar(string word, IEnumerable<string> known, Func<string, int> maxDistance)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(maxDistance);
        var upper = word[..Math.Min(word.Length, MaxEchoed)].ToUpperInvariant();
        return known
            .Select(name =>
                (Name: name, Distance: Distance(upper, name.ToUpperInvariant(), word.Length - upper.Length)))
            .Where(candidate => candidate.Distance <= maxDistance(candidate.Name))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name);
    }

    /// <summary>The known name that was probably meant: a few letters differ, and not half of them.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="known">The names that there are.</param>
    /// <returns>Null: none is similar.</returns>
    public static string? Nearest(string word, IEnumerable<string> known) =>
        Similar(word, known, name => Math.Min(MaxTypos, name.Length / 2)).FirstOrDefault();

    /// <summary>
    /// "; the nearest is ..." for the end of a refusal; empty where more than half the word would have to change.
    /// </summary>
    /// <param name="word">What was typed.</param>
    /// <param name="known">The names that there are.</param>
    public static string NearestClause(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        var edits = Math.Max(2, word.Length / 2);
        return Similar(word, known, _ => edits).FirstOrDefault() is { } name ? $"; the nearest is {name}" : "";
    }

    /// <summary>
    /// Levenshtein's distance: single characters inserted, deleted or replaced to get from one text to the other.
    /// </summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    public static int Distance(string from, string to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return Distance(from, to, 0);
    }

    private static int Distance(string from, string to, int leftOut)
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

        return row[^1] + leftOut;
    }
}
