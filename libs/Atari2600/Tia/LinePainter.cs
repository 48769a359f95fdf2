using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.State;
using static DqnAspire.Atari2600.Tia.TiaObject;

namespace DqnAspire.Atari2600.Tia;

/// <summary>Colours a part of a line from the lines of the objects: which object is in front is decided here.</summary>
internal static unsafe class LinePainter
{
    private const int ScoreBit = 0x02;
    private const int PriorityBit = 0x04;
    private const int PixelsPerBlock = 32;

    /// <summary>Elements that a line takes in <see cref="TiaState.Lines"/>, of 32 pixels each.</summary>
    private const int ElementsPerLine = 8;

    /// <summary>The left half of the picture ends in the middle of this block.</summary>
    private const int MiddleBlock = Beam.PixelsPerLine / 2 / PixelsPerBlock;

    private const uint LeftOfMiddle = 0x0000_FFFF;

    /// <summary>
    /// Paints pixels <paramref name="start"/> up to <paramref name="end"/> of the row that begins at
    /// <paramref name="row"/> (160 bytes). The lines of enabled objects are up to date, those of the others are empty.
    /// </summary>
    public static void Paint(TiaState* tia, byte* row, int start, int end)
    {
        if (tia->Enabled == 0)
        {
            new Span<byte>(row + start, end - start).Fill(tia->COLUBK);
            return;
        }

        var lines = (uint*)&tia->Lines;
        var score = (tia->CTRLPF & ScoreBit) != 0;
        var priority = (tia->CTRLPF & PriorityBit) != 0;
        var last = (end - 1) / PixelsPerBlock;
        for (var block = start / PixelsPerBlock; block <= last; block++)
        {
            var playfield = lines[((int)Playfield * ElementsPerLine) + block];
            var ball = lines[((int)Ball * ElementsPerLine) + block];
            var first = lines[((int)Player0 * ElementsPerLine) + block]
                | lines[((int)Missile0 * ElementsPerLine) + block];
            var second = lines[((int)Player1 * ElementsPerLine) + block]
                | lines[((int)Missile1 * ElementsPerLine) + block];

            // Three layers, each of one colour; playfield and ball are behind the players or in front of them.
            var pixels = Vector256.Create(tia->COLUBK);
            if (score && (!priority || tia->Enabled == 1 << (int)Playfield))
            {
                // In score mode the playfield has the players' colours. ALE: left of the middle it is in front of
                // player 1 for that, and with the priority bit set the mode counts only while nothing else is enabled.
                var left = block < MiddleBlock ? playfield : block == MiddleBlock ? playfield & LeftOfMiddle : 0;
                pixels = Over(pixels, ball, tia->COLUPF);
                pixels = Over(pixels, second | (playfield & ~left), tia->COLUP1);
                pixels = Over(pixels, first | left, tia->COLUP0);
            }
            else if (priority)
            {
                pixels = Over(pixels, second, tia->COLUP1);
                pixels = Over(pixels, first, tia->COLUP0);
                pixels = Over(pixels, playfield | ball, tia->COLUPF);
            }
            else
            {
                pixels = Over(pixels, playfield | ball, tia->COLUPF);
                pixels = Over(pixels, second, tia->COLUP1);
                pixels = Over(pixels, first, tia->COLUP0);
            }

            var blockStart = block * PixelsPerBlock;
            var target = row + blockStart;
            var from = start - blockStart;
            var until = end - blockStart;
            if (from > 0 || until < PixelsPerBlock)
            {
                var wanted = (from > 0 ? uint.MaxValue << from : uint.MaxValue)
                    & (until < PixelsPerBlock ? ~(uint.MaxValue << until) : uint.MaxValue);
                pixels = Vector256.ConditionalSelect(Expand(wanted), pixels, Vector256.Load(target));
            }

            pixels.Store(target);
        }
    }

    /// <summary>The pixels with those of a layer in its colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Over(Vector256<byte> pixels, uint layer, byte colour) =>
        layer == 0 ? pixels : Vector256.ConditionalSelect(Expand(layer), Vector256.Create(colour), pixels);

    /// <summary>32 bits as 32 bytes of 0 or 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Expand(uint bits)
    {
        // Each half of the vector holds the 32 bits four times over, so the shuffle stays within the halves.
        var spread = Vector256.Shuffle(
            Vector256.Create(bits).AsByte(),
            Vector256.Create(
                (byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,
                18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19, 19));
        var bit = Vector256.Create(0x8040_2010_0804_0201ul).AsByte();
        return Vector256.Equals(spread & bit, bit);
    }
}
