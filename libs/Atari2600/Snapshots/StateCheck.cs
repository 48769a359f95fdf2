using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Snapshots;

/// <summary>
/// Looks at a state from outside before a console takes it over. The emulator addresses memory with these values
/// without checking them again, so a state that no console could have made must not get in.
/// </summary>
internal static unsafe class StateCheck
{
    /// <summary>Whether a state could have come from a console with this memory layout.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cartridge">The cartridge that is plugged in.</param>
    /// <param name="romOffset">Where the cartridge's ROM begins in the console's memory block.</param>
    public static bool IsSound(ConsoleState* state, Cartridge cartridge, int romOffset)
    {
        var ram = (int)((byte*)state->Riot.Ram - (byte*)state);
        var boardRam = (int)((byte*)state->Cartridge.Ram - (byte*)state);
        for (var page = 0; page < BusState.PageCount; page++)
        {
            var read = state->Bus.ReadPages[page];
            var write = state->Bus.WritePages[page];
            var code = state->Bus.CodePages[page];
            if (!(read == BusState.Device || IsIn(
                read, ram, RiotState.RamSize) || IsIn(read, boardRam, CartridgeState.RamSize)
                    || IsIn(read, romOffset, cartridge.Rom.Length))
                || !(write == BusState.Device || IsIn(write, ram, RiotState.RamSize)
                    || IsIn(write, boardRam, CartridgeState.RamSize))
                || (code != BusState.Device && code != read))
            {
                return false;
            }
        }

        CodeRun run = default;
        var stored = state->Bus.CodeRun;
        if (stored.Length != 0)
        {
            if (stored.First + (ulong)stored.Length > BusState.PageCount * BusState.PageSize
                || state->Bus.CodePages[stored.First >> BusState.PageShift] == BusState.Device)
            {
                return false;
            }

            CodeRun.FindAround((int)stored.First, state->Bus.CodePages, &run);
            if (run.First != stored.First || run.Length != stored.Length || run.Offset != stored.Offset)
            {
                return false;
            }
        }

        return IsSound(&state->Tia, &state->Frame)
            && (uint)state->Random.Used <= Mt19937State.Length
            && cartridge.IsSound(&state->Cartridge);
    }

    private static bool IsSound(TiaState* tia, FrameState* frame)
    {
        if ((uint)tia->ClocksToEndOfLine > Beam.ClocksPerLine || (uint)tia->Enabled > 63
            || (uint)frame->CurrentPicture > 1 || tia->Pixel < 0)
        {
            return false;
        }

        foreach (var position in new ReadOnlySpan<int>(tia->Positions, 5))
        {
            if ((uint)position >= Beam.PixelsPerLine)
            {
                return false;
            }
        }

        // What is left of the window must fit into what is left of the picture: the rest of the line that is being
        // drawn, then whole lines. The largest window, drawn from line 0 on, fills the picture to its last pixel.
        var clocks = (long)frame->DisplayStop - tia->DrawnUntil;
        var rest = clocks > 0 ? Math.Min(tia->ClocksToEndOfLine, Beam.PixelsPerLine) : 0;
        var after = Math.Max(clocks - tia->ClocksToEndOfLine, 0);
        var lines = (after + Beam.ClocksPerLine - 1) / Beam.ClocksPerLine;
        return tia->Pixel + rest + (lines * Beam.PixelsPerLine) <= Picture.BufferSize;
    }

    private static bool IsIn(int page, int start, int length) =>
        page >= start && page <= start + length - BusState.PageSize;
}
