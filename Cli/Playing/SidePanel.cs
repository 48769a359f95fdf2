using System.Globalization;
using DqnAspire.Play.Games;

namespace DqnAspire.Cli.Playing;

/// <summary>
/// What is written beside the picture: who plays, score, return, and each action's value as a bar, the taken one
/// marked.
/// </summary>
/// <param name="show">What is watched.</param>
internal sealed class SidePanel(IShow show)
{
    /// <summary>Columns that it takes.</summary>
    public const int Width = 30;

    private const int NameWidth = 11;
    private const int BarWidth = 8;
    private const string Eighths = " ▏▎▍▌▋▊▉█";

    /// <summary>Its lines, each of <see cref="Width"/> characters.</summary>
    /// <param name="step">The last step; null: the episode begins.</param>
    /// <param name="speed">Speed of play; 0: paused.</param>
    /// <param name="rows">Most lines; the last actions give way.</param>
    public IReadOnlyList<string> Lines(GameStep? step, double speed, int rows)
    {
        string[] head =
        [
            show.Title,
            show.Environment.Environment.Id,
            FormattableString.Invariant($"episode {(step?.Episode ?? 0) + 1}, seed {show.Seed}"),
            "",
            $"score   {Number(step?.Return ?? 0)}",
            $"reward  {Number(step?.Reward ?? 0)}",
            FormattableString.Invariant($"step    {(step is { } s ? s.Index + 1 : 0):N0}"),
            $"lives   {step?.Lives ?? 0}",
            step is { Decision.ActionValues.Length: > 0 } ? $"value   {Number(step.Value.Decision.Value)}" : "",
            "",
        ];
        string[] foot =
        [
            "",
            speed > 0 ? FormattableString.Invariant($"speed {speed:0.###}") : "paused",
            "space pause   n next episode",
            "+ - speed     q quit",
        ];
        var room = Math.Max(0, rows - head.Length - foot.Length);
        return [.. ((string[])[.. head, .. Actions(step).Take(room), .. foot]).Take(rows).Select(Fit)];
    }

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Fit(string line) => line.Length > Width ? line[..Width] : line.PadRight(Width);

    private static string Bar(double fraction)
    {
        var eighths = (int)Math.Round(fraction * BarWidth * 8);
        var bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8] : "");
        return bar.PadRight(BarWidth);
    }

    private IEnumerable<string> Actions(GameStep? step)
    {
        var decision = step?.Decision;
        var values = decision?.ActionValues ?? [];
        var (low, high) = values.Length > 0 ? (values.Min(), values.Max()) : (0, 0);
        for (var action = 0; action < show.Environment.ActionNames.Count; action++)
        {
            var mark = decision?.Action == action ? '>' : ' ';
            var name = show.Environment.ActionNames[action];
            name = (name.Length > NameWidth ? name[..NameWidth] : name).PadRight(NameWidth);
            yield return values.Length == 0
                ? $"{mark}{name}"
                : $"{mark}{name}{Bar(high > low ? (values[action] - low) / (high - low) : 1)} {Number(values[action])}";
        }
    }
}
