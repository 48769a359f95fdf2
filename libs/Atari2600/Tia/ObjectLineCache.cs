using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The lines of the six objects, kept from one use to the next: a change of position or shape only marks a line as
/// stale, and <see cref="Refresh"/> makes it again before it is used. Touches the lines, their marks, the positions,
/// the enabled objects and the hidden copies; never draws.
/// </summary>
internal static unsafe class ObjectLineCache
{
    /// <summary>All six objects.</summary>
    public const int AllObjects = (1 << 6) - 1;

    /// <summary>Both players.</summary>
    public const int Players = (1 << (int)TiaObject.Player0) | (1 << (int)TiaObject.Player1);

    /// <summary>Marks the lines of some objects as stale.</summary>
    /// <param name="tia">The state.</param>
    /// <param name="objects">The objects, as <see cref="TiaObject"/> bits.</param>
    public static void Invalidate(TiaState* tia, int objects) => tia->Stale |= objects;

    /// <summary>Moves an object to a pixel, 0..159.</summary>
    public static void SetPosition(TiaState* tia, TiaObject item, int position)
    {
        tia->Positions[(int)item] = position;
        Invalidate(tia, 1 << (int)item);
    }

    /// <summary>Shows or hides an object.</summary>
    public static void SetEnabled(TiaState* tia, TiaObject item, bool enabled)
    {
        var bit = 1 << (int)item;
        if (enabled)
        {
            tia->Enabled |= bit;
        }
        else if ((tia->Enabled & bit) != 0)
        {
            // The painter combines the lines of all objects, so a hidden one must have an empty line.
            tia->Enabled &= ~bit;
            tia->Lines[(int)item] = Vector256<uint>.Zero;
            Invalidate(tia, bit);
        }
    }

    /// <summary>Ends the time in which a strobed player lacks its first copy.</summary>
    public static void ShowFirstCopies(TiaState* tia)
    {
        if (tia->FirstCopyHidden0 != 0)
        {
            tia->FirstCopyHidden0 = 0;
            Invalidate(tia, 1 << (int)TiaObject.Player0);
        }

        if (tia->FirstCopyHidden1 != 0)
        {
            tia->FirstCopyHidden1 = 0;
            Invalidate(tia, 1 << (int)TiaObject.Player1);
        }
    }

    /// <summary>Makes lines from the registers.</summary>
    /// <param name="tia">The state.</param>
    /// <param name="stale">The objects whose lines are made, as <see cref="TiaObject"/> bits; not 0.</param>
    public static void Refresh(TiaState* tia, int stale)
    {
        tia->Stale &= ~stale;
        do
        {
            var item = BitOperations.TrailingZeroCount(stale);
            tia->Lines[item] = Line(tia, (TiaObject)item);
            stale &= stale - 1;
        }
        while (stale != 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Line(TiaState* tia, TiaObject item) => item switch
    {
        TiaObject.Player0 => ObjectLine.Player(
            tia->ShownGRP0, tia->NUSIZ0, tia->Positions[(int)item], tia->FirstCopyHidden0 != 0),
        TiaObject.Player1 => ObjectLine.Player(
            tia->ShownGRP1, tia->NUSIZ1, tia->Positions[(int)item], tia->FirstCopyHidden1 != 0),
        TiaObject.Missile0 => tia->Missile0Shape switch
        {
            Missile0Shape.Hidden => Vector256<uint>.Zero,
            Missile0Shape.AtLeastTwoPixels => ObjectLine.Missile(
                ((tia->NUSIZ0 >> 4) & 3) | 1, tia->NUSIZ0, tia->Positions[(int)item]),
            _ => ObjectLine.Missile((tia->NUSIZ0 >> 4) & 3, tia->NUSIZ0, tia->Positions[(int)item]),
        },
        TiaObject.Missile1 => ObjectLine.Missile((tia->NUSIZ1 >> 4) & 3, tia->NUSIZ1, tia->Positions[(int)item]),
        TiaObject.Ball => ObjectLine.Ball((tia->CTRLPF >> 4) & 3, tia->Positions[(int)item]),
        _ => ObjectLine.Playfield(tia->Playfield, tia->Reflected != 0),
    };
}
