using System.Globalization;
using DqnAspire.Cli.Output;
using DqnAspire.Core;
using DqnAspire.Play.Games;

namespace DqnAspire.Cli.Playing;

/// <summary>A line for each episode that was played, and how often each action was taken.</summary>
internal sealed class EpisodeLog
{
    private readonly Dictionary<int, long> _actions = [];
    private readonly List<(ulong Seed, GameStep Last)> _episodes = [];

    /// <summary>Counts a step.</summary>
    /// <param name="seed">Seed of its episode.</param>
    /// <param name="step">The step.</param>
    public void Add(ulong seed, GameStep step)
    {
        _actions[step.Decision.Action] = _actions.GetValueOrDefault(step.Decision.Action) + 1;
        if (_episodes.Count > 0 && _episodes[^1].Last.Episode == step.Episode)
        {
            _episodes[^1] = (seed, step);
        }
        else
        {
            _episodes.Add((seed, step));
        }
    }

    /// <summary>Prints a line for each episode, and the table of the actions.</summary>
    /// <param name="output">Receives them.</param>
    /// <param name="names">Name of each action.</param>
    public void Print(TextWriter output, IReadOnlyList<string> names)
    {
        foreach (var (seed, last) in _episodes)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Episode {last.Episode + 1}, seed {seed}: total reward {last.Return:0.##}, {last.Index + 1:N0} steps, "
                + $"{End(last.End)}"));
        }

        var total = Math.Max(1, _actions.Values.Sum());
        TableText.Print(output, ["action", "times", "share"], names.Select((name, action) => (string[])
        [
            name,
            _actions.GetValueOrDefault(action).ToString("N0", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{100.0 * _actions.GetValueOrDefault(action) / total:0.0} %"),
        ]));
    }

    private static string End(StepFlags end) => end switch
    {
        StepFlags.None => "not played to its end",
        _ when end.HasFlag(StepFlags.Terminated) => "ended",
        _ => "cut off by a limit",
    };
}
