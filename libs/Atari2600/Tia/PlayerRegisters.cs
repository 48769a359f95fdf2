using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// Writes to the registers of the two players: number and size, reflection, position, graphics and their delay. NUSIZ
/// also sets the width of the missiles, so it marks their lines as stale.
/// </summary>
internal readonly unsafe struct PlayerRegisters(TiaState* tia, DeferredDrawing drawing)
{
    /// <summary>Clocks from a write of NUSIZ to its effect.</summary>
    private const int NusizDelay = 8;

    /// <summary>Clocks from a strobe to the point up to which a copy that is being drawn keeps its old place.</summary>
    private const int CopyInProgress = 11;

    private readonly TiaState* _tia = tia;
    private readonly DeferredDrawing _drawing = drawing;

    public void WriteNUSIZ0(byte value, int clock)
    {
        if (value == _tia->NUSIZ0 && _tia->FirstCopyHidden0 == 0 && _tia->CosmicArk == 0
            && _tia->Missile0Shape == Missile0Shape.Normal)
        {
            _drawing.Request(_tia, clock + NusizDelay);
            return;
        }

        _drawing.DrawTo(_tia, clock + NusizDelay);
        _tia->NUSIZ0 = value;
        _tia->FirstCopyHidden0 = 0;
        _tia->Missile0Shape = Missile0Shape.Normal;
        ObjectLineCache.Invalidate(_tia, (1 << (int)TiaObject.Player0) | (1 << (int)TiaObject.Missile0));
    }

    public void WriteNUSIZ1(byte value, int clock)
    {
        if (value == _tia->NUSIZ1 && _tia->FirstCopyHidden1 == 0)
        {
            _drawing.Request(_tia, clock + NusizDelay);
            return;
        }

        _drawing.DrawTo(_tia, clock + NusizDelay);
        _tia->NUSIZ1 = value;
        _tia->FirstCopyHidden1 = 0;
        ObjectLineCache.Invalidate(_tia, (1 << (int)TiaObject.Player1) | (1 << (int)TiaObject.Missile1));
    }

    public void WriteREFP0(byte value, int clock) =>
        WriteReflection(ref _tia->REFP0, ref _tia->ShownGRP0, TiaObject.Player0, value, clock);

    public void WriteREFP1(byte value, int clock) =>
        WriteReflection(ref _tia->REFP1, ref _tia->ShownGRP1, TiaObject.Player1, value, clock);

    public void StrobeRESP0(int lineClock, int clock) =>
        Strobe(TiaObject.Player0, _tia->NUSIZ0, ref _tia->FirstCopyHidden0, lineClock, clock);

    public void StrobeRESP1(int lineClock, int clock) =>
        Strobe(TiaObject.Player1, _tia->NUSIZ1, ref _tia->FirstCopyHidden1, lineClock, clock);

    /// <summary>New graphics of player 0. The write moves the graphics of player 1 to its delayed register.</summary>
    public void WriteGRP0(byte value, int clock)
    {
        _tia->GRP0 = value;
        _tia->DelayedGRP1 = _tia->GRP1;
        ShowPlayers(clock + 1);
    }

    /// <summary>New graphics of player 1. The write moves the graphics of player 0 to its delayed register.</summary>
    public void WriteGRP1(byte value, int clock)
    {
        _tia->GRP1 = value;
        _tia->DelayedGRP0 = _tia->GRP0;
        ShowPlayers(clock + 1);
    }

    public void WriteVDELP0(byte value, int clock)
    {
        _tia->VDELP0 = (byte)(value & 0x01);
        ShowPlayers(clock);
    }

    public void WriteVDELP1(byte value, int clock)
    {
        _tia->VDELP1 = (byte)(value & 0x01);
        ShowPlayers(clock);
    }

    private void WriteReflection(ref byte register, ref byte shown, TiaObject player, byte value, int clock)
    {
        var reflected = (byte)(value & 0x08);
        if (reflected == register)
        {
            _drawing.Request(_tia, clock + 1);
            return;
        }

        _drawing.DrawTo(_tia, clock + 1);
        register = reflected;
        shown = ObjectLine.Reverse(shown);
        ObjectLineCache.Invalidate(_tia, 1 << (int)player);
    }

    private void Strobe(TiaObject player, byte nusiz, ref byte firstCopyHidden, int lineClock, int clock)
    {
        _drawing.DrawTo(_tia, clock);
        var position = StrobedPosition.Player(lineClock);
        var strobe = StrobedPosition.Classify(nusiz, _tia->Positions[(int)player], position);
        if (strobe == PlayerStrobe.DuringCopy)
        {
            _drawing.DrawTo(_tia, clock + CopyInProgress);
        }

        firstCopyHidden = strobe == PlayerStrobe.DuringDelay ? (byte)0 : (byte)1;
        ObjectLineCache.SetPosition(_tia, player, position);
    }

    private void ShowPlayers(int clock)
    {
        var shown0 = _tia->VDELP0 != 0 ? _tia->DelayedGRP0 : _tia->GRP0;
        var shown1 = _tia->VDELP1 != 0 ? _tia->DelayedGRP1 : _tia->GRP1;
        if (_tia->REFP0 != 0)
        {
            shown0 = ObjectLine.Reverse(shown0);
        }

        if (_tia->REFP1 != 0)
        {
            shown1 = ObjectLine.Reverse(shown1);
        }

        if (shown0 == _tia->ShownGRP0 && shown1 == _tia->ShownGRP1)
        {
            _drawing.Request(_tia, clock);
            return;
        }

        _drawing.DrawTo(_tia, clock);
        _tia->ShownGRP0 = shown0;
        _tia->ShownGRP1 = shown1;
        ObjectLineCache.Invalidate(_tia, ObjectLineCache.Players);
        ObjectLineCache.SetEnabled(_tia, TiaObject.Player0, shown0 != 0);
        ObjectLineCache.SetEnabled(_tia, TiaObject.Player1, shown1 != 0);
    }
}
