using System.Collections.Immutable;
using System.Globalization;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.AtariTraces.Format;
using DqnAspire.AtariTraces.Recording;

namespace DqnAspire.AtariTraces.Comparison;

/// <summary>Plays a recorded game again and stops at the first difference.</summary>
public static class TraceComparison
{
    /// <summary>Compares a trace with this console.</summary>
    /// <param name="recorded">The trace.</param>
    /// <param name="game">The game, just loaded.</param>
    /// <param name="actions">What the player does.</param>
    /// <param name="frames">For how many frames.</param>
    /// <returns>The first difference; null when there is none.</returns>
    public static TraceDifference? FirstDifference(
        Trace recorded, TraceRecorder game, IActionSource actions, int frames)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(actions);
        return FirstDifference(
            recorded.Header.States, game.States) ?? FirstDifference(recorded.Rows, game, actions, frames);
    }

    private static TraceDifference? FirstDifference(
        ImmutableArray<TraceState> recorded, ImmutableArray<TraceState> ours)
    {
        foreach (var theirs in recorded)
        {
            if (ours.FirstOrDefault(state => state.Name == theirs.Name) is not { } own)
            {
                return new TraceDifference(
                    0, $"state {theirs.Name}", [new TraceValue("resets", theirs.Name, ours[^1].Name)]);
            }

            TraceValue[] values = [Screen(theirs.Screen, own.Screen), .. Ram(theirs.Ram, own.Ram)];
            if (!values.All(value => value.IsEqual))
            {
                return new TraceDifference(0, $"state {theirs.Name}", [.. values]);
            }
        }

        return null;
    }

    private static TraceDifference? FirstDifference(
        ImmutableArray<TraceRow> recorded, TraceRecorder game, IActionSource actions, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            if (frame == recorded.Length)
            {
                return new TraceDifference(
                    frame, $"frame {frame}", [new TraceValue("frames", Text(recorded.Length), Text(frames))]);
            }

            var theirs = recorded[frame];
            var ours = game.Act(actions.Next());
            var values = Values(theirs, ours);
            if (!values.All(value => value.IsEqual))
            {
                return new TraceDifference(
                    frame, $"frame {frame}, action {theirs.Action} {AtariActions.Names[theirs.Action]}", values);
            }
        }

        return null;
    }

    private static ImmutableArray<TraceValue> Values(TraceRow theirs, TraceRow ours) =>
    [
        new("frame", Text(theirs.Frame), Text(ours.Frame)),
        new("action", Text(theirs.Action), Text(ours.Action)),
        new("scanlines", Text(theirs.ScanLines), Text(ours.ScanLines)),
        new("cycles", Text(theirs.Cycles), Text(ours.Cycles)),
        new("reward", Text(theirs.Reward), Text(ours.Reward)),
        new("terminal", theirs.Terminal ? "yes" : "no", ours.Terminal ? "yes" : "no"),
        new("lives", Text(theirs.Lives), Text(ours.Lives)),
        Screen(theirs.Screen, ours.Screen),
        .. Ram(theirs.Ram, ours.Ram),
    ];

    private static TraceValue Screen(ulong recorded, ulong ours) => new(
        "screen",
        recorded.ToString("x16", CultureInfo.InvariantCulture),
        ours.ToString("x16", CultureInfo.InvariantCulture));

    private static IEnumerable<TraceValue> Ram(ImmutableArray<byte> recorded, ImmutableArray<byte> ours)
    {
        for (var i = 0; i < recorded.Length; i++)
        {
            if (recorded[i] != ours[i])
            {
                yield return new TraceValue($"${AtariConsole.RamStart + i:X2}", Byte(recorded[i]), Byte(ours[i]));
            }
        }
    }

    private static string Byte(byte value) => value.ToString("x2", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
