using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.State;
using static DqnAspire.Atari2600.Tia.TiaObject;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// ALE has separate drawing loops for the commonest sets of enabled objects. They draw four pixels at a time where
/// no movable object is; it shows where a frame ends within such a group.
/// </summary>
internal static unsafe class GroupedPixels
{
    /// <summary>Pixels of a group.</summary>
    public const int GroupSize = 4;

    private const int ScoreBit = 0x02;

    /// <summary>
    /// Whether the group that begins at pixel <paramref name="start"/> is drawn whole: the enabled objects are one of
    /// the sets, and none of the movable ones has a place in the group, whether or not its graphics has a pixel there.
    /// </summary>
    public static bool AreDrawnWhole(TiaState* tia, int start)
    {
        Vector256<uint> places;
        switch (tia->Enabled)
        {
            case 1 << (int)Playfield:
                return true;
            case (1 << (int)Playfield) | (1 << (int)Player0) when (tia->CTRLPF & ScoreBit) == 0:
            case 1 << (int)Player0:
                places = Place0(tia);
                break;
            case (1 << (int)Playfield) | (1 << (int)Player1) when (tia->CTRLPF & ScoreBit) == 0:
            case 1 << (int)Player1:
                places = Place1(tia);
                break;
            case (1 << (int)Player0) | (1 << (int)Player1):
                places = Place0(tia) | Place1(tia);
                break;
            case (1 << (int)Playfield) | (1 << (int)Ball) when (tia->CTRLPF & ScoreBit) == 0:
            case 1 << (int)Ball:
                places = tia->Lines[(int)Ball];
                break;
            case 1 << (int)Missile0:
                places = tia->Lines[(int)Missile0];
                break;
            case 1 << (int)Missile1:
                places = tia->Lines[(int)Missile1];
                break;
            case (1 << (int)Missile0) | (1 << (int)Missile1):
                places = tia->Lines[(int)Missile0] | tia->Lines[(int)Missile1];
                break;
            case (1 << (int)Ball) | (1 << (int)Missile0):
                places = tia->Lines[(int)Ball] | tia->Lines[(int)Missile0];
                break;
            case (1 << (int)Ball) | (1 << (int)Missile1):
                places = tia->Lines[(int)Ball] | tia->Lines[(int)Missile1];
                break;
            case (1 << (int)Ball) | (1 << (int)Player1):
                places = tia->Lines[(int)Ball] | Place1(tia);
                break;
            default:
                return false;
        }

        return (places & ObjectLine.Span(start, start + GroupSize)) == Vector256<uint>.Zero;
    }

    private static Vector256<uint> Place0(TiaState* tia) =>
        ObjectLine.Player(0xFF, tia->NUSIZ0, tia->Positions[(int)Player0], tia->FirstCopyHidden0 != 0);

    private static Vector256<uint> Place1(TiaState* tia) =>
        ObjectLine.Player(0xFF, tia->NUSIZ1, tia->Positions[(int)Player1], tia->FirstCopyHidden1 != 0);
}
