using System.Collections.Immutable;

namespace DqnAspire.AtariTraces.Format;

/// <summary>One frame of a trace: what the player did, and the console after it.</summary>
/// <param name="Frame">Number of the frame; the first is 0.</param>
/// <param name="Action">The action, 0 to 17.</param>
/// <param name="Reward">The reward.</param>
/// <param name="Terminal">Whether the game is over.</param>
/// <param name="Lives">Lives that the game reports.</param>
/// <param name="ScanLines">Television lines since the start of the frame.</param>
/// <param name="Cycles">CPU cycles since the start of the frame.</param>
/// <param name="Screen">Hash of the picture, see <see cref="ScreenHash"/>.</param>
/// <param name="Ram">The 128 bytes of RAM, the one at address $80 first.</param>
public sealed record TraceRow(
    int Frame,
    int Action,
    int Reward,
    bool Terminal,
    int Lives,
    int ScanLines,
    int Cycles,
    ulong Screen,
    ImmutableArray<byte> Ram);
