using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>Writes to the registers of the two missiles: position, enabling, and the lock to their player.</summary>
internal readonly unsafe struct MissileRegisters(TiaState* tia, DeferredDrawing drawing)
{
    /// <summary>Clocks from a strobe to its effect.</summary>
    private const int StrobeDelay = 8;

    private readonly TiaState* _tia = tia;
    private readonly DeferredDrawing _drawing = drawing;

    public void StrobeRESM0(int lineClock, int clock)
    {
        _drawing.DrawTo(_tia, clock + StrobeDelay);
        var position = StrobedPosition.Missile0(lineClock, clock - _tia->HmoveClock);
        ObjectLineCache.SetPosition(_tia, TiaObject.Missile0, position);
        _tia->Missile0Shape = Missile0Shape.Normal;
    }

    public void StrobeRESM1(int lineClock, int clock)
    {
        _drawing.DrawTo(_tia, clock + StrobeDelay);
        var position = StrobedPosition.Missile1(lineClock, clock - _tia->HmoveClock);
        ObjectLineCache.SetPosition(_tia, TiaObject.Missile1, position);
    }

    public void WriteENAM0(byte value, int clock)
    {
        _tia->ENAM0 = (byte)(value & 0x02);
        _drawing.Enable(TiaObject.Missile0, _tia->ENAM0 != 0 && _tia->RESMP0 == 0, clock);
    }

    public void WriteENAM1(byte value, int clock)
    {
        _tia->ENAM1 = (byte)(value & 0x02);
        _drawing.Enable(TiaObject.Missile1, _tia->ENAM1 != 0 && _tia->RESMP1 == 0, clock);
    }

    public void WriteRESMP0(byte value, int clock)
    {
        var locked = (byte)(value & 0x02);
        if (_tia->RESMP0 != 0 && locked == 0)
        {
            _drawing.DrawTo(_tia, clock);
            var middle = StrobedPosition.PlayerMiddle(_tia->NUSIZ0, _tia->Positions[(int)TiaObject.Player0]);
            ObjectLineCache.SetPosition(_tia, TiaObject.Missile0, middle);
            _tia->Missile0Shape = Missile0Shape.Normal;
        }

        _tia->RESMP0 = locked;
        _drawing.Enable(TiaObject.Missile0, _tia->ENAM0 != 0 && locked == 0, clock);
    }

    public void WriteRESMP1(byte value, int clock)
    {
        var locked = (byte)(value & 0x02);
        if (_tia->RESMP1 != 0 && locked == 0)
        {
            _drawing.DrawTo(_tia, clock);
            var middle = StrobedPosition.PlayerMiddle(_tia->NUSIZ1, _tia->Positions[(int)TiaObject.Player1]);
            ObjectLineCache.SetPosition(_tia, TiaObject.Missile1, middle);
        }

        _tia->RESMP1 = locked;
        _drawing.Enable(TiaObject.Missile1, _tia->ENAM1 != 0 && locked == 0, clock);
    }
}
