using DqnAspire.Core;

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
        var nearest = Spelling.Similar(id, known, candidate => candidate.Length / 2)
            .OrderByDescending(candidate => candidate.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            .Take(NearestShown)
            .ToArray();

        // One that differs in capitals only is meant for sure.
        var same = nearest.Where(candidate => candidate.Equals(id, StringComparison.OrdinalIgnoreCase)).ToArray();
        var meant = same.Length > 0 ? same : nearest;
        var suggestion = nearest.Length == 0
            ? ""
            : $" Did you mean {string.Join(" or ", meant)}?";
        var rest = known.Count > KnownShown ? $" and {known.Count - KnownShown} more" : "";
        return $"There is no environment '{Spelling.Echo(id)}'.{suggestion} Known: "
            + $"{string.Join(", ", known.Take(KnownShown))}{rest}.";
    }
}
