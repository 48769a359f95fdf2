namespace DqnAspire.Atari2600.Tia;

/// <summary>The television line as the TIA makes it: 68 colour clocks of blank, then 160 pixels.</summary>
internal static class Beam
{
    public const int ClocksPerCycle = 3;
    public const int ClocksPerLine = 228;
    public const int CyclesPerLine = ClocksPerLine / ClocksPerCycle;
    public const int PixelsPerLine = 160;
    public const int BlankClocks = ClocksPerLine - PixelsPerLine;

    /// <summary>Clock of the line at which the black comb of an HMOVE ends.</summary>
    public const int HmoveBlankEnd = BlankClocks + 8;
}
