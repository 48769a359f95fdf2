using System.Runtime.Intrinsics;

namespace DqnAspire.Atari2600.State;

/// <summary>Registers, positions and the drawing position of the TIA. Names are those of Atari's manual.</summary>
internal unsafe struct TiaState
{
    /// <summary>
    /// The line as each object would draw it, one bit a pixel, in the order of <see cref="Tia.TiaObject"/>: 160 bits in
    /// the first five elements. Derived from the registers; stale where <see cref="Stale"/> says so.
    /// </summary>
    public ObjectLines Lines;

    /// <summary>Objects whose line must be made again, as <see cref="Tia.TiaObject"/> bits.</summary>
    public int Stale;

    /// <summary>Objects that show anything at all, as <see cref="Tia.TiaObject"/> bits.</summary>
    public int Enabled;

    /// <summary>The fifteen collision latches.</summary>
    public int Collisions;

    /// <summary>Clock up to which the picture is drawn.</summary>
    public int DrawnUntil;

    /// <summary>Clock up to which the picture must be drawn with the registers as they are.</summary>
    public int DrawUntil;

    /// <summary>The value of <see cref="DrawUntil"/> before the access that set it.</summary>
    public int LastRequest;

    /// <summary>Clocks left on the line that is being drawn.</summary>
    public int ClocksToEndOfLine;

    /// <summary>Offset in the picture of the next pixel.</summary>
    public int Pixel;

    public byte VSYNC;
    public byte VBLANK;
    public byte NUSIZ0;
    public byte NUSIZ1;
    public byte COLUP0;
    public byte COLUP1;
    public byte COLUPF;
    public byte COLUBK;
    public byte CTRLPF;
    public byte REFP0;
    public byte REFP1;
    public byte GRP0;
    public byte GRP1;
    public byte DelayedGRP0;
    public byte DelayedGRP1;
    public byte ENAM0;
    public byte ENAM1;
    public byte ENABL;
    public byte DelayedENABL;
    public byte VDELP0;
    public byte VDELP1;
    public byte VDELBL;
    public byte RESMP0;
    public byte RESMP1;

    /// <summary>GRP0 as it is drawn: after delay and reflection.</summary>
    public byte ShownGRP0;

    /// <summary>GRP1 as it is drawn: after delay and reflection.</summary>
    public byte ShownGRP1;

    /// <summary>Not 0: the first copy of player 0 is left out until the end of the line.</summary>
    public byte FirstCopyHidden0;

    /// <summary>Not 0: the first copy of player 1 is left out until the end of the line.</summary>
    public byte FirstCopyHidden1;

    /// <summary>Not 0: the right half of the playfield is mirrored on the line that is being drawn.</summary>
    public byte Reflected;

    /// <summary>How missile 0 differs from its registers in the Cosmic Ark effect.</summary>
    public Tia.Missile0Shape Missile0Shape;

    /// <summary>PF0, PF1 and PF2 as 20 bits, bit 0 leftmost within PF0's part.</summary>
    public int Playfield;

    /// <summary>Positions 0..159 of player 0, missile 0, player 1, missile 1 and ball.</summary>
    public fixed int Positions[5];

    /// <summary>HMP0, HMM0, HMP1, HMM1, HMBL: the high nibble as written, 0..15.</summary>
    public fixed byte Motions[5];

    /// <summary>AUDC0, AUDC1, AUDF0, AUDF1, AUDV0, AUDV1.</summary>
    public fixed byte Audio[6];

    /// <summary>Clock of the last HMOVE.</summary>
    public int HmoveClock;

    /// <summary>Not 0: the first eight pixels of the line being drawn become black.</summary>
    public int HmoveBlank;

    /// <summary>Not 0: missile 0 moves by itself, as in Cosmic Ark.</summary>
    public int CosmicArk;

    public int CosmicArkStep;

    /// <summary>Not 0: INPT0..3 are connected to ground.</summary>
    public int Dumped;

    /// <summary>CPU cycle at which the dump was last switched off.</summary>
    public uint DumpEndCycle;

    /// <summary>One line of 160 bits for each of the six objects.</summary>
    [System.Runtime.CompilerServices.InlineArray(6)]
    public struct ObjectLines
    {
        private Vector256<uint> _first;
    }
}
