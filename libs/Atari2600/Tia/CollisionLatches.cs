using System.Numerics;
using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.State;
using static DqnAspire.Atari2600.Tia.TiaObject;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The fifteen collision latches in the order in which CXM0P..CXPPMM show them: register r has latch 2r in bit 7 and
/// latch 2r + 1 in bit 6 (the second latch of CXBLPF does not exist).
/// </summary>
internal static class CollisionLatches
{
    private const int Count = 16;

    /// <summary>For each latch its two objects; the latch that does not exist has one object twice.</summary>
    private static readonly (TiaObject First, TiaObject Second)[] Pairs =
    [
        (Missile0, Player1), (Missile0, Player0),
        (Missile1, Player0), (Missile1, Player1),
        (Player0, Playfield), (Player0, Ball),
        (Player1, Playfield), (Player1, Ball),
        (Missile0, Playfield), (Missile0, Ball),
        (Missile1, Playfield), (Missile1, Ball),
        (Ball, Playfield), (Player0, Player0),
        (Player0, Player1), (Missile0, Missile1),
    ];

    private static readonly ushort[] PossibleValues = MakePossible();

    /// <summary>The latches that a set of objects (<see cref="TiaObject"/> bits) can set.</summary>
    public static int Possible(int objects) => PossibleValues[objects];

    /// <summary>Bits 7 and 6 of a collision register, 0..7.</summary>
    public static int Read(int latches, int register)
    {
        var pair = latches >> (2 * register);
        return ((pair & 1) << 7) | ((pair & 2) << 5);
    }

    /// <summary>Sets those of the wanted latches whose two objects share a pixel of a span.</summary>
    /// <param name="tia">The state; the lines of the enabled objects are up to date.</param>
    /// <param name="wanted">The latches to look at; not 0.</param>
    /// <param name="span">The pixels to look at.</param>
    public static unsafe void Latch(TiaState* tia, int wanted, Vector256<uint> span)
    {
        ReadOnlySpan<(TiaObject First, TiaObject Second)> pairs = Pairs;
        do
        {
            var latch = BitOperations.TrailingZeroCount(wanted);
            var (first, second) = pairs[latch];
            var both = tia->Lines[(int)first] & tia->Lines[(int)second] & span;
            if (both != Vector256<uint>.Zero)
            {
                tia->Collisions |= 1 << latch;
            }

            wanted &= wanted - 1;
        }
        while (wanted != 0);
    }

    private static ushort[] MakePossible()
    {
        var possible = new ushort[64];
        for (var objects = 0; objects < possible.Length; objects++)
        {
            for (var latch = 0; latch < Count; latch++)
            {
                (var first, var second) = Pairs[latch];
                var both = (objects & (1 << (int)first)) != 0 && (objects & (1 << (int)second)) != 0;
                if (first != second && both)
                {
                    possible[objects] |= (ushort)(1 << latch);
                }
            }
        }

        return possible;
    }
}
