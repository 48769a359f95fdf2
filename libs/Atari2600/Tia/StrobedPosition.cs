namespace DqnAspire.Atari2600.Tia;

/// <summary>Positions, 0..159, that objects take when their RES strobes are written.</summary>
internal static class StrobedPosition
{
    /// <summary>A player strobed at a clock of the line, 0..227.</summary>
    public static int Player(int lineClock) => Strobed(lineClock, 5, 3);

    /// <summary>Missile 0. ALE has one exception for a strobe 20 cycles after an HMOVE, which Dolphin needs.</summary>
    public static int Missile0(int lineClock, int clocksSinceHmove) =>
        clocksSinceHmove == 60 && lineClock == 69 ? 8 : Strobed(lineClock, 4, 2);

    /// <summary>
    /// Missile 1. ALE has one exception for a strobe 3 cycles after an HMOVE, which Pitfall II needs.
    /// </summary>
    public static int Missile1(int lineClock, int clocksSinceHmove) =>
        clocksSinceHmove == 9 && lineClock == 18 ? 3 : Strobed(lineClock, 4, 2);

    /// <summary>
    /// The ball. ALE has exceptions for strobes soon after an HMOVE: Escape from the Mindmaster, Decathlon, Robot Tank
    /// and Hole Hunter need them.
    /// </summary>
    public static int Ball(int lineClock, int clocksSinceHmove) => (clocksSinceHmove, lineClock) switch
    {
        (54, 60 or 69) => 10,
        (9, 18) => 3,
        (21, 30) => 6,
        (18, 27) => 5,
        _ => Strobed(lineClock, 4, 2),
    };

    /// <summary>Where RESMPx puts a missile: the middle of its player, by the player's width.</summary>
    public static int PlayerMiddle(byte nusiz, int player)
    {
        var half = (nusiz & 7) switch
        {
            5 => 8,
            7 => 16,
            _ => 4,
        };
        return (player + half) % Beam.PixelsPerLine;
    }

    /// <summary>
    /// How a player at <paramref name="old"/> sees a strobe that puts it at <paramref name="position"/>.
    /// </summary>
    public static PlayerStrobe Classify(byte nusiz, int old, int position)
    {
        var mode = nusiz & 7;
        var width = mode switch
        {
            5 => 16,
            7 => 32,
            _ => 8,
        };
        ReadOnlySpan<byte> copies = mode switch
        {
            1 => [0, 16],
            2 => [0, 32],
            3 => [0, 16, 32],
            4 => [0, 64],
            6 => [0, 32, 64],
            _ => [0],
        };
        var distance = position - old;
        if (distance < 0)
        {
            distance += Beam.PixelsPerLine;
        }

        foreach (var copy in copies)
        {
            var within = distance - copy;
            if (within >= 0 && within < 4 + width)
            {
                return within < 4 ? PlayerStrobe.DuringDelay : PlayerStrobe.DuringCopy;
            }
        }

        return PlayerStrobe.Elsewhere;
    }

    private static int Strobed(int lineClock, int pixelsLate, int inBlank) =>
        lineClock < Beam.BlankClocks ? inBlank : (lineClock - Beam.BlankClocks + pixelsLate) % Beam.PixelsPerLine;
}
