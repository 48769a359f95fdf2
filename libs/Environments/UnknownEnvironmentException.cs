namespace DqnAspire.Environments;

/// <summary>An id that no environment has. The message offers the nearest ids and lists the known ones.</summary>
public sealed class UnknownEnvironmentException : ArgumentException
{
    private const int NearestShown = 3;
    private const int KnownShown = 20;

    /// <summary>The error for an id.</summary>
    /// <param name="id">The id that was asked for.</param>
    /// <param name="known">All ids there are.</param>
    public UnknownEnvironmentException(string id, IReadOnlyCollection<string> known)
        : base(Describe(id, known))
    {
        Id = id;
    }

    /// <summary>The id that was asked for.</summary>
    public string Id { get; }

    private static string Describe(string id, IReadOnlyCollection<string> known)
    {
        var wanted = id.ToUpperInvariant();
        var nearest = known
            .Select(candidate => (Id: candidate, Distance: Distance(wanted, candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= candidate.Id.Length / 2)
            .OrderByDescending(candidate => candidate.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            .ThenBy(candidate => candidate.Distance)
            .Take(NearestShown)
            .ToArray();

        // One that differs in capitals only is meant for sure.
        var meant = nearest.Any(candidate => candidate.Distance == 0)
            ? nearest.Where(candidate => candidate.Distance == 0)
            : nearest;
        var suggestion = nearest.Length == 0
            ? ""
            : $" Did you mean {string.Join(" or ", meant.Select(candidate => candidate.Id))}?";
        var rest = known.Count > KnownShown ? $" and {known.Count - KnownShown} more" : "";
        return $"There is no environment '{id}'.{suggestion} Known: {string.Join(", ", known.Take(KnownShown))}{rest}.";
    }

    /// <summary>
    /// Levenshtein's: single characters inserted, deleted or replaced to get from one text to the other.
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
