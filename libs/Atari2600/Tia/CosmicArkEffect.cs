using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The star field of Cosmic Ark: a change of HMM0 while the extra clocks of an HMOVE run makes missile 0 move on every
/// line until the next HMOVE. Touches the effect's own state and the position and shape of missile 0.
/// </summary>
internal static unsafe class CosmicArkEffect
{
    /// <summary>Clocks after an HMOVE at which the change of HMM0 has the effect.</summary>
    private const int ClocksAfterHmove = 21 * Beam.ClocksPerCycle;

    /// <summary>Pixels that missile 0 moves to the left at the end of a line, by step.</summary>
    private static ReadOnlySpan<byte> Motions => [18, 33, 0, 17];

    /// <summary>Whether a write of HMM0 starts the effect: from 7 to 6, just while the extra clocks run.</summary>
    public static bool Starts(TiaState* tia, byte motion, int clock) =>
        clock == tia->HmoveClock + ClocksAfterHmove && tia->Motions[(int)TiaObject.Missile0] == 7 && motion == 6;

    /// <summary>Starts the effect.</summary>
    public static void Start(TiaState* tia)
    {
        tia->CosmicArk = 1;
        tia->CosmicArkStep = 0;
    }

    /// <summary>Moves the missile at the end of a line.</summary>
    public static void EndLine(TiaState* tia)
    {
        tia->CosmicArkStep = (tia->CosmicArkStep + 1) & 3;
        var position = tia->Positions[(int)TiaObject.Missile0] - Motions[tia->CosmicArkStep];
        ObjectLineCache.SetPosition(tia, TiaObject.Missile0, position < 0 ? position + Beam.PixelsPerLine : position);
        tia->Missile0Shape = tia->CosmicArkStep switch
        {
            1 => Missile0Shape.AtLeastTwoPixels,
            2 => Missile0Shape.Hidden,
            _ => Missile0Shape.Normal,
        };
    }
}
