namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// How far an HMOVE moves an object. On the chip the strobe is meant for the start of a line; ALE has a measured table
/// for the other cycles, which follows from three rules.
/// </summary>
internal static class Motion
{
    /// <summary>Minimum movement, in pixels, for a strobe in CPU cycles 4..20 of the line.</summary>
    private static ReadOnlySpan<sbyte> EarlyLimits => [-6, -5, -5, -4, -3, -2, -2, -1, 0, 1, 1, 2, 3, 4, 4, 5, 6];

    /// <summary>What is added to the movement, never to the right, for a strobe in CPU cycles 55..74.</summary>
    private static ReadOnlySpan<sbyte> LateOffsets =>
        [6, 5, 4, 4, 3, 2, 1, 1, 0, -1, -2, -2, -3, -4, -5, -5, -6, -7, -8, -8];

    /// <summary>
    /// Pixels to the right (negative: left) for a strobe in CPU cycle <paramref name="cycle"/> of the line, 0..75, and
    /// the high nibble of the motion register, 0..15 (two's complement, positive is left).
    /// </summary>
    public static int Pixels(int cycle, int register)
    {
        var motion = register < 8 ? -register : 16 - register;
        return cycle switch
        {
            < 4 or 75 => motion,
            < 21 => Math.Max(motion, EarlyLimits[cycle - 4]),
            < 55 => 0,
            _ => Math.Min(0, motion + LateOffsets[cycle - 55]),
        };
    }

    /// <summary>
    /// Whether a strobe in this CPU cycle of the line blackens the next eight pixels to be drawn at its left edge.
    /// </summary>
    public static bool BlanksLine(int cycle) => cycle is <= 20 or 75;
}
