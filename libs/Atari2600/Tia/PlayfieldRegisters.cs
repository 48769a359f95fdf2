using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// Writes to PF0, PF1, PF2, CTRLPF and the four colours: what is drawn behind or in front of the movable objects, and
/// in which colour all is drawn. CTRLPF also sets the width of the ball, so it marks that line as stale.
/// </summary>
internal readonly unsafe struct PlayfieldRegisters(TiaState* tia, FrameState* frame, DeferredDrawing drawing)
{
    private const int BallWidth = 0x30;

    /// <summary>Clock of the line before which a change of the mirror bit counts for that line.</summary>
    private const int MirrorDecision = Beam.BlankClocks + 79;

    private readonly TiaState* _tia = tia;
    private readonly FrameState* _frame = frame;
    private readonly DeferredDrawing _drawing = drawing;

    /// <summary>Clocks after a write at which PF0..PF2 change, by CPU cycle of the line modulo 4.</summary>
    private static ReadOnlySpan<byte> Delays => [4, 5, 2, 3];

    public void WritePF0(byte value, int lineClock, int clock) =>
        WriteBits((_tia->Playfield & ~0x0000F) | (value >> 4), lineClock, clock);

    public void WritePF1(byte value, int lineClock, int clock) =>
        WriteBits((_tia->Playfield & ~0x00FF0) | (ObjectLine.Reverse(value) << 4), lineClock, clock);

    public void WritePF2(byte value, int lineClock, int clock) =>
        WriteBits((_tia->Playfield & ~0xFF000) | (value << 12), lineClock, clock);

    public void WriteCTRLPF(byte value, int lineClock, int clock)
    {
        var atOnce = lineClock < MirrorDecision;
        var reflected = atOnce ? (byte)(value & 0x01) : _tia->Reflected;
        if (value == _tia->CTRLPF && reflected == _tia->Reflected)
        {
            _drawing.Request(_tia, clock);
            return;
        }

        _drawing.DrawTo(_tia, clock);
        var stale = 0;
        if (((value ^ _tia->CTRLPF) & BallWidth) != 0)
        {
            stale |= 1 << (int)TiaObject.Ball;
        }

        _tia->CTRLPF = value;
        if (atOnce && reflected != _tia->Reflected)
        {
            _tia->Reflected = reflected;
            stale |= 1 << (int)TiaObject.Playfield;
        }

        ObjectLineCache.Invalidate(_tia, stale);
    }

    public void WriteCOLUP0(byte value, int clock) => WriteColour(ref _tia->COLUP0, value, clock);

    public void WriteCOLUP1(byte value, int clock) => WriteColour(ref _tia->COLUP1, value, clock);

    public void WriteCOLUPF(byte value, int clock) => WriteColour(ref _tia->COLUPF, value, clock);

    public void WriteCOLUBK(byte value, int clock) => WriteColour(ref _tia->COLUBK, value, clock);

    private void WriteBits(int playfield, int lineClock, int clock)
    {
        clock += Delays[(lineClock / Beam.ClocksPerCycle) & 3];
        if (playfield == _tia->Playfield)
        {
            _drawing.Request(_tia, clock);
            return;
        }

        _drawing.DrawTo(_tia, clock);
        _tia->Playfield = playfield;
        ObjectLineCache.Invalidate(_tia, 1 << (int)TiaObject.Playfield);
        ObjectLineCache.SetEnabled(_tia, TiaObject.Playfield, playfield != 0);
    }

    private void WriteColour(ref byte register, byte value, int clock)
    {
        var colour = value & 0xFE;
        if (_frame->ColourLoss != 0 && (_frame->LastFrameLines & 1) != 0)
        {
            colour |= 1;
        }

        // A colour has no part in collisions: without pixels it never forces drawing.
        if (_drawing.PaintsPixels && colour != register)
        {
            _drawing.DrawTo(_tia, clock);
        }
        else
        {
            _drawing.Request(_tia, clock);
        }

        register = (byte)colour;
    }
}
