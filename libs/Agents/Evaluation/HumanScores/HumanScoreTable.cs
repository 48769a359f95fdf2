using System.Globalization;
using System.Text.RegularExpressions;

namespace DqnAspire.Agents.Evaluation.HumanScores;

/// <summary>The scores of the 57 games that the literature reports; NOTICE.md says where they come from.</summary>
public static partial class HumanScoreTable
{
    private static readonly Dictionary<string, HumanScore> ByName = Read();

    /// <summary>All games.</summary>
    public static IReadOnlyCollection<HumanScore> Games => ByName.Values;

    /// <summary>The scores of the game that an environment plays.</summary>
    /// <param name="environmentId">For example "PongNoFrameskip-v4" or "ALE/SpaceInvaders-v5".</param>
    /// <returns>Null when the environment is not one of these games.</returns>
    public static HumanScore? Find(string environmentId) =>
        AtariId().Match(environmentId) is { Success: true } match
            ? ByName.GetValueOrDefault(match.Groups["game"].Value) : null;

    // As in an environment's id: no underscores, and capitals that do not matter.
    private static Dictionary<string, HumanScore> Read()
    {
        using var stream = typeof(HumanScoreTable).Assembly.GetManifestResourceStream("human-random-scores.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => new HumanScore(cells[0], Number(cells[1]), Number(cells[2])))
            .ToDictionary(
                score => score.Game.Replace("_", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(ALE/)?(?<game>[A-Za-z0-9]+?)(NoFrameskip|Deterministic)?-v\d+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AtariId();
}
