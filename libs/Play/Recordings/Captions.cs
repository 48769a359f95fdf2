using System.Globalization;
using DqnAspire.Play.Games;

namespace DqnAspire.Play.Recordings;

/// <summary>The texts of a recording's overlays.</summary>
internal sealed class Captions
{
    private const string Score = "SCORE ";
    private const string Value = "VALUE ";
    private const int NumberLength = 8;

    private readonly Overlays _overlays;
    private readonly IReadOnlyList<string> _actionNames;

    public Captions(Overlays overlays, IReadOnlyList<string> actionNames)
    {
        (_overlays, _actionNames) = (overlays, actionNames);
        Lengths = [.. Fields(Score.Length + NumberLength, Value.Length + NumberLength, LongestName())];
        Begin();
    }

    /// <summary>Most characters of each text.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>The texts now.</summary>
    public IReadOnlyList<string> Texts { get; private set; } = [];

    /// <summary>Before an episode's first step.</summary>
    public void Begin() => Texts = [.. Fields(Score + "0", Value.TrimEnd(), "")];

    /// <summary>After a step.</summary>
    public void Show(GameStep step)
    {
        var (decision, action) = (step.Decision, step.Decision.Action);
        Texts = [.. Fields(
            Score + Number(step.Return),
            decision.ActionValues.Length > 0 ? Value + Number(decision.Value) : "",
            action < _actionNames.Count ? _actionNames[action] : $"{action}")];
    }

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private int LongestName() => _actionNames.Count > 0 ? Math.Max(1, _actionNames.Max(name => name.Length)) : 1;

    private IEnumerable<T> Fields<T>(T score, T value, T action) =>
        ((Overlays, T)[])[(Overlays.Score, score), (Overlays.Value, value), (Overlays.Action, action)] switch
        {
            var all => all.Where(field => _overlays.HasFlag(field.Item1)).Select(field => field.Item2),
        };
}
