using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// Writes to HMP0..HMBL, HMOVE and HMCLR: horizontal motion. Touches the motion registers, the positions, the comb of
/// an HMOVE and the Cosmic Ark effect.
/// </summary>
internal sealed unsafe class MotionRegisters(TiaState* tia, DeferredDrawing drawing)
{
    private const int MovableObjects = 5;

    private readonly TiaState* _tia = tia;
    private readonly DeferredDrawing _drawing = drawing;

    /// <summary>
    /// Whether an HMOVE at the start of a line blackens its left edge. A few cartridges' properties switch it off.
    /// </summary>
    public bool AllowsBlanks { get; set; } = true;

    /// <summary>Writes HMP0, HMP1, HMM1 or HMBL.</summary>
    public void WriteMotion(TiaObject item, byte value, int clock)
    {
        _drawing.Request(_tia, clock);
        _tia->Motions[(int)item] = (byte)(value >> 4);
    }

    public void WriteHMM0(byte value, int clock)
    {
        var motion = (byte)(value >> 4);
        if (CosmicArkEffect.Starts(_tia, motion, clock))
        {
            _drawing.DrawTo(_tia, clock);
            CosmicArkEffect.Start(_tia);
        }
        else
        {
            _drawing.Request(_tia, clock);
        }

        _tia->Motions[(int)TiaObject.Missile0] = motion;
    }

    public void StrobeHMOVE(int lineClock, int clock)
    {
        _drawing.DrawTo(_tia, clock);
        var cycle = lineClock / Beam.ClocksPerCycle;
        if (AllowsBlanks && Motion.BlanksLine(cycle))
        {
            _tia->HmoveBlank = 1;
        }

        for (var item = 0; item < MovableObjects; item++)
        {
            var pixels = Motion.Pixels(cycle, _tia->Motions[item]);
            if (pixels != 0)
            {
                var position = _tia->Positions[item] + pixels;
                position = position >= Beam.PixelsPerLine ? position - Beam.PixelsPerLine
                    : position < 0 ? position + Beam.PixelsPerLine
                    : position;
                ObjectLineCache.SetPosition(_tia, (TiaObject)item, position);
            }
        }

        if (_tia->Missile0Shape != Missile0Shape.Normal)
        {
            _tia->Missile0Shape = Missile0Shape.Normal;
            ObjectLineCache.Invalidate(_tia, 1 << (int)TiaObject.Missile0);
        }

        ObjectLineCache.ShowFirstCopies(_tia);
        _tia->HmoveClock = clock;
        _tia->CosmicArk = 0;
    }

    public void StrobeHMCLR(int clock)
    {
        _drawing.Request(_tia, clock);
        new Span<byte>(_tia->Motions, MovableObjects).Clear();
    }
}
