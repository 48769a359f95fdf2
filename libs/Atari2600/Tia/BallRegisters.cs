using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// Writes to the registers of the ball: position, enabling and its delay. CTRLPF sets the ball's width.
/// </summary>
internal readonly unsafe struct BallRegisters(TiaState* tia, DeferredDrawing drawing)
{
    private readonly TiaState* _tia = tia;
    private readonly DeferredDrawing _drawing = drawing;

    public void StrobeRESBL(int lineClock, int clock)
    {
        _drawing.DrawTo(_tia, clock);
        var position = StrobedPosition.Ball(lineClock, clock - _tia->HmoveClock);
        ObjectLineCache.SetPosition(_tia, TiaObject.Ball, position);
    }

    public void WriteENABL(byte value, int clock)
    {
        _tia->ENABL = (byte)(value & 0x02);
        Show(clock);
    }

    public void WriteVDELBL(byte value, int clock)
    {
        _tia->VDELBL = (byte)(value & 0x01);
        Show(clock);
    }

    /// <summary>A write of GRP1 moves ENABL to its delayed register.</summary>
    public void FollowGRP1(int clock)
    {
        _tia->DelayedENABL = _tia->ENABL;
        Show(clock + 1);
    }

    private void Show(int clock) =>
        _drawing.Enable(TiaObject.Ball, (_tia->VDELBL != 0 ? _tia->DelayedENABL : _tia->ENABL) != 0, clock);
}
