using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>Colours a part of a line from the lines of the objects: which object is in front is decided here.</summary>
internal static unsafe class LinePainter
{
    private const int ScoreBit = 0x02;
    private const int PriorityBit = 0x04;
    private const int PixelsPerBlock = 32;

    private static readonly Vector256<uint> s_leftHalf = ObjectLine.Span(0, Beam.PixelsPerLine / 2);
    private static readonly Vector256<uint> s_rightHalf = ObjectLine.Span(Beam.PixelsPerLine / 2, Beam.PixelsPerLine);

    /// <summary>
    /// Paints pixels <paramref name="start"/> up to <paramref name="end"/> of the row that begins at
    /// <paramref name="row"/> (160 bytes). The lines of all enabled objects are up to date.
    /// </summary>
    public static void Paint(TiaState* tia, byte* row, int start, int end)
    {
        int enabled = tia->Enabled;
        if (enabled == 0)
        {
            new Span<byte>(row + start, end - start).Fill(tia->COLUBK);
            return;
        }

        Vector256<uint> playfield = Line(tia, enabled, TiaObject.Playfield);
        Vector256<uint> ball = Line(tia, enabled, TiaObject.Ball);
        Vector256<uint> first = Line(tia, enabled, TiaObject.Player0) | Line(tia, enabled, TiaObject.Missile0);
        Vector256<uint> second = Line(tia, enabled, TiaObject.Player1) | Line(tia, enabled, TiaObject.Missile1);

        // Three layers from back to front, each of one colour.
        bool score = (tia->CTRLPF & ScoreBit) != 0;
        bool priority = (tia->CTRLPF & PriorityBit) != 0;
        if (score && (!priority || enabled == 1 << (int)TiaObject.Playfield))
        {
            // In score mode the playfield has the players' colours. ALE: left of the middle it is in front of
            // player 1 for that, and with the priority bit set the mode counts only while nothing else is enabled.
            first |= playfield & s_leftHalf;
            second |= playfield & s_rightHalf;
            Blend(row, start, end, tia->COLUBK, ball, tia->COLUPF, second, tia->COLUP1, first, tia->COLUP0);
        }
        else if (priority)
        {
            Blend(row, start, end, tia->COLUBK, second, tia->COLUP1, first, tia->COLUP0, playfield | ball, tia->COLUPF);
        }
        else
        {
            Blend(row, start, end, tia->COLUBK, playfield | ball, tia->COLUPF, second, tia->COLUP1, first, tia->COLUP0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Line(TiaState* tia, int enabled, TiaObject item) =>
        (enabled & (1 << (int)item)) != 0 ? tia->Lines[(int)item] : Vector256<uint>.Zero;

    [SkipLocalsInit]
    private static void Blend(
        byte* row,
        int start,
        int end,
        byte background,
        Vector256<uint> back,
        byte backColour,
        Vector256<uint> middle,
        byte middleColour,
        Vector256<uint> front,
        byte frontColour)
    {
        uint* bits = stackalloc uint[32];
        back.Store(bits);
        middle.Store(bits + 8);
        front.Store(bits + 16);
        ObjectLine.Span(start, end).Store(bits + 24);

        Vector256<byte> backgrounds = Vector256.Create(background);
        Vector256<byte> backs = Vector256.Create(backColour);
        Vector256<byte> middles = Vector256.Create(middleColour);
        Vector256<byte> fronts = Vector256.Create(frontColour);
        int last = (end - 1) / PixelsPerBlock;
        for (int block = start / PixelsPerBlock; block <= last; block++)
        {
            Vector256<byte> pixels = backgrounds;
            if (bits[block] != 0)
            {
                pixels = Vector256.ConditionalSelect(Expand(bits[block]), backs, pixels);
            }

            if (bits[8 + block] != 0)
            {
                pixels = Vector256.ConditionalSelect(Expand(bits[8 + block]), middles, pixels);
            }

            if (bits[16 + block] != 0)
            {
                pixels = Vector256.ConditionalSelect(Expand(bits[16 + block]), fronts, pixels);
            }

            byte* target = row + (block * PixelsPerBlock);
            uint wanted = bits[24 + block];
            if (wanted != uint.MaxValue)
            {
                pixels = Vector256.ConditionalSelect(Expand(wanted), pixels, Vector256.Load(target));
            }

            pixels.Store(target);
        }
    }

    /// <summary>32 bits as 32 bytes of 0 or 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Expand(uint bits)
    {
        // Each half of the vector holds the 32 bits four times over, so the shuffle stays within the halves.
        Vector256<byte> spread = Vector256.Shuffle(
            Vector256.Create(bits).AsByte(),
            Vector256.Create(
                (byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,
                18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19, 19));
        Vector256<byte> bit = Vector256.Create(0x8040_2010_0804_0201ul).AsByte();
        return Vector256.Equals(spread & bit, bit);
    }
}
