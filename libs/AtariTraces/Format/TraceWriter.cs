using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DqnAspire.AtariTraces.Format;

/// <summary>Writes a trace as text with LF lines.</summary>
/// <param name="output">Where to; left open.</param>
public sealed class TraceWriter(TextWriter output)
{
    /// <summary>Writes everything up to the first frame.</summary>
    public void Write(TraceHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        Line(TraceLayout.FirstLine);
        Line($"# rom={header.Rom} md5={header.Md5}");
        Line(
            $"# script={header.Script} seed={header.Seed} hold={header.Hold} frames={header.Frames} frame_skip=1 "
            + $"repeat_action_probability=0 extra_resets={header.ExtraResets}");
        Line(
            $"# left={header.Left} right={header.Right} swap_paddles={(header.SwapPaddles ? "YES" : "NO")} "
            + $"format={header.Format} ystart={header.FirstLine} height={header.Height}");
        Line($"# {TraceLayout.Bankswitch}{header.Bankswitch}");
        foreach (var setting in header.Settings)
        {
            Line($"# {TraceLayout.Setting}{setting}");
        }

        foreach (var state in header.States)
        {
            Line($"# {TraceLayout.State}{state.Name} screen={state.Screen:x16} ram={Hex(state.Ram)}");
        }

        Line($"# screen=160x{header.ScreenHeight} legal_actions={header.LegalActions}");
        Line(TraceLayout.Columns);
    }

    /// <summary>Writes a frame.</summary>
    public void Write(TraceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Line(
            $"{row.Frame},{row.Action},{row.Reward},{(row.Terminal ? 1 : 0)},{row.Lives},{row.ScanLines},"
            + $"{row.Cycles},{row.Screen:x16},{Hex(row.Ram)}");
    }

    private static string Hex(ImmutableArray<byte> bytes) =>
        Convert.ToHexStringLower(ImmutableCollectionsMarshal.AsArray(bytes)!);

    private void Line(string text)
    {
        output.Write(text);
        output.Write('\n');
    }
}
