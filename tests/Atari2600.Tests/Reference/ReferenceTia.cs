using static DqnAspire.Atari2600.Tests.Reference.ReferenceTiaRegisters;

namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// The picture chip as ALE has it. Time is counted in color clocks, three to a CPU cycle: a line has 228, of which 68
/// are blank and 160 are pixels. The picture is brought up to date when a register is touched; every pixel asks every
/// object whether it shows there. Only the lines of the displayed window exist: outside them nothing is drawn, nothing
/// collides, and what happens at the end of a line does not happen.
/// </summary>
public sealed class ReferenceTia(
    ReferenceBus bus, ReferenceInput input, ReferenceTelevision television, ReferenceOptions options)
{
    private const int LineClocks = 228;
    private const int BlankClocks = 68;
    private const int Width = LineClocks - BlankClocks;
    private const int GroupSize = 4;
    private const int Never = int.MaxValue;

    // How far HMOVE carries an object at least, by the CPU cycle of the line, 4..20.
    private static readonly int[] EarlyMoveFloor = [-6, -5, -5, -4, -3, -2, -2, -1, 0, 1, 1, 2, 3, 4, 4, 5, 6];

    // What is added to the movement late in the line, by the CPU cycle, 55..74. Only movement to the left remains.
    private static readonly int[] LateMoveOffset =
        [6, 5, 4, 4, 3, 2, 1, 1, 0, -1, -2, -2, -3, -4, -5, -5, -6, -7, -8, -8];

    private static readonly int[] CosmicArkSteps = [18, 33, 0, 17];

    private readonly ReferencePlayer[] _players = [new ReferencePlayer(), new ReferencePlayer()];
    private readonly ReferenceMissile[] _missiles = [new ReferenceMissile(), new ReferenceMissile()];

    // The beam. Clocks count from the bus' cycle 0 and may be negative.
    private int _frameStart;
    private int _lineStart;
    private int _drawnUpTo;
    private int _row;
    private int _vsyncEnd;
    private bool _pal;
    private int _height;
    private uint _linesOfLastFrame;
    private bool _greyed;

    private byte _vblank;
    private byte _colupf;
    private byte _colubk;
    private byte _ctrlpf;
    private byte _pf0;
    private byte _pf1;
    private byte _pf2;
    private bool _playfieldReflected;
    private bool _enabl;
    private bool _oldEnabl;
    private bool _vdelbl;
    private int _ballPosition;
    private int _hmbl;

    private int _lastHmove;
    private bool _hmoveBlank;
    private bool _cosmicArk;
    private int _cosmicArkStep;

    private bool _dumped;
    private uint _dumpEndCycle;

    /// <summary>
    /// The collision latches in the order of the read registers: bit 2n is bit 7 of register n (CXM0P..CXPPMM), bit
    /// 2n+1 its bit 6.
    /// </summary>
    public ushort Collisions { get; private set; }

    /// <summary>No VSYNC has ended the frame yet. A system reset does not change this.</summary>
    public bool FrameIsPartial { get; private set; }

    /// <summary>Lines since the start of the frame.</summary>
    public uint Scanlines => (uint)(Now - _frameStart) / LineClocks;

    private int Now => unchecked((int)(3 * bus.Cycles));

    private int DisplayStart => _frameStart + (LineClocks * options.YStart);

    private int DisplayStop => DisplayStart + (LineClocks * _height);

    private bool BallEnabled => _vdelbl ? _oldEnabl : _enabl;

    private bool PlayfieldEnabled => ((_pf0 & 0xF0) | _pf1 | _pf2) != 0;

    private bool ScoreMode => (_ctrlpf & 2) != 0;

    private bool PlayfieldHasPriority => (_ctrlpf & 4) != 0;

    /// <summary>
    /// A system reset. The next frame draws line 0 of the screen into row 0 unless it is started afresh.
    /// </summary>
    public void Reset(bool pal, int height)
    {
        (_pal, _height) = (pal, height);
        for (var i = 0; i < 2; i++)
        {
            _players[i] = new ReferencePlayer();
            _missiles[i] = new ReferenceMissile();
        }

        _vblank = _colupf = _colubk = _ctrlpf = _pf0 = _pf1 = _pf2 = 0;
        _playfieldReflected = _enabl = _oldEnabl = _vdelbl = false;
        _ballPosition = _hmbl = _lastHmove = 0;
        _hmoveBlank = _cosmicArk = _dumped = false;
        _cosmicArkStep = 0;
        _dumpEndCycle = 0;
        Collisions = 0;

        television.Clear();
        _frameStart = _lineStart = _drawnUpTo = _row = 0;
        _vsyncEnd = Never;
        _linesOfLastFrame = 0;
    }

    /// <summary>The bus' cycle counter goes back by this much.</summary>
    public void Rebase(uint cycles)
    {
        unchecked
        {
            var clocks = (int)(3 * cycles);
            _frameStart -= clocks;
            _lineStart -= clocks;
            _drawnUpTo -= clocks;
            _vsyncEnd -= clocks;
            _lastHmove -= clocks;
            _dumpEndCycle -= cycles;
        }
    }

    /// <summary>
    /// Before the first instruction of a frame. A frame that follows a whole one takes the other buffer and begins
    /// where the beam stands in its line; after a partial one it just continues.
    /// </summary>
    public void BeginFrame()
    {
        if (!FrameIsPartial)
        {
            television.Swap();
            var clocksIntoLine = (Now - _frameStart) % LineClocks;
            bus.RestartCycles();
            _frameStart = -clocksIntoLine;
            _lineStart = _drawnUpTo = DisplayStart;
            _row = 0;
            _players[0].Color = WithColorLoss(_players[0].Color);
            _players[1].Color = WithColorLoss(_players[1].Color);
            _colupf = WithColorLoss(_colupf);
            _colubk = WithColorLoss(_colubk);
            _greyed = false;
        }

        FrameIsPartial = true;
    }

    /// <summary>After the last instruction of a frame, whether it is whole or was broken off.</summary>
    public void EndFrame()
    {
        if (!FrameIsPartial)
        {
            _linesOfLastFrame = Scanlines;
            _greyed = false;
        }
        else if (!_greyed)
        {
            television.Grey((int)Math.Clamp(Scanlines - options.YStart, 0, _height), _height);
            _greyed = true;
        }
    }

    public byte Read(ushort address)
    {
        DrawUpTo(Now);
        var register = address & 0x0F;
        var driven = register switch
        {
            < 8 => (((Collisions >> (2 * register)) & 1) << 7) | (((Collisions >> ((2 * register) + 1)) & 1) << 6),
            < 12 => IsCharged(input.Resistance(register - 8)) ? 0x80 : 0,
            < 14 => input.TriggerIsUp(register - 8) ? 0x80 : 0,
            _ => 0,
        };
        return (byte)(driven | (bus.DataLatch & 0x3F));
    }

    public void Write(ushort address, byte value)
    {
        var register = address & 0x3F;
        var inLine = (Now - _frameStart) % LineClocks;
        DrawUpTo(Now + WriteDelay(register, inLine));

        // No VSYNC in time: the frame ends anyhow.
        if ((Now - _frameStart) / LineClocks > (_pal ? 342 : 290))
        {
            FrameIsPartial = false;
        }

        switch (register)
        {
            case VSYNC: WriteVsync(value); break;
            case VBLANK: WriteVblank(value); break;
            case WSYNC: WaitForLine(); break;
            case NUSIZ0 or NUSIZ1:
                _players[register - NUSIZ0].SetNusiz(value);
                _missiles[register - NUSIZ0].SetNusiz(value);
                break;
            case COLUP0 or COLUP1: _players[register - COLUP0].Color = WithColorLoss(value); break;
            case COLUPF: _colupf = WithColorLoss(value); break;
            case COLUBK: _colubk = WithColorLoss(value); break;
            case CTRLPF:
                _ctrlpf = value;
                if (inLine < BlankClocks + 79)
                {
                    _playfieldReflected = (_ctrlpf & 1) != 0;
                }

                break;
            case REFP0 or REFP1: _players[register - REFP0].Reflected = (value & 8) != 0; break;
            case PF0: _pf0 = value; break;
            case PF1: _pf1 = value; break;
            case PF2: _pf2 = value; break;
            case RESP0 or RESP1: ResetPlayer(_players[register - RESP0], inLine); break;
            case RESM0 or RESM1:
                _missiles[register - RESM0].MoveTo(MissileResetPosition(register - RESM0, inLine));
                break;
            case RESBL: _ballPosition = BallResetPosition(inLine); break;
            case GRP0: _players[0].Graphics = value; _players[1].OldGraphics = _players[1].Graphics; break;
            case GRP1:
                _players[1].Graphics = value;
                _players[0].OldGraphics = _players[0].Graphics;
                _oldEnabl = _enabl;
                break;
            case ENAM0 or ENAM1: _missiles[register - ENAM0].On = (value & 2) != 0; break;
            case ENABL: _enabl = (value & 2) != 0; break;
            case HMP0 or HMP1: _players[register - HMP0].Motion = value >> 4; break;
            case HMM0 or HMM1: WriteMissileMotion(register - HMM0, value >> 4); break;
            case HMBL: _hmbl = value >> 4; break;
            case VDELP0 or VDELP1: _players[register - VDELP0].Delayed = (value & 1) != 0; break;
            case VDELBL: _vdelbl = (value & 1) != 0; break;
            case RESMP0 or RESMP1:
                WriteResmp(_missiles[register - RESMP0], _players[register - RESMP0], (value & 2) != 0);
                break;
            case HMOVE: Hmove(inLine / 3); break;
            case HMCLR:
                _players[0].Motion = _players[1].Motion = 0;
                _missiles[0].Motion = _missiles[1].Motion = 0;
                _hmbl = 0;
                break;
            case CXCLR: Collisions = 0; break;
        }
    }

    /// <summary>Clocks until a write shows in the picture.</summary>
    private static int WriteDelay(int register, int inLine) => register switch
    {
        VBLANK or REFP0 or REFP1 or GRP0 or GRP1 => 1,
        NUSIZ0 or NUSIZ1 or RESM0 or RESM1 => 8,
        PF0 or PF1 or PF2 => (inLine / 3 % 4) switch { 0 => 4, 1 => 5, 2 => 2, _ => 3 },
        _ => 0,
    };

    /// <summary>
    /// Pixels that HMOVE at a CPU cycle of the line moves an object to the right, by its HM register (0..15).
    /// </summary>
    private static int Movement(int cycle, int motion)
    {
        var usual = motion < 8 ? -motion : 16 - motion;
        return cycle switch
        {
            <= 3 or 75 => usual,
            <= 20 => Math.Max(usual, EarlyMoveFloor[cycle - 4]),
            <= 54 => 0,
            _ => Math.Min(0, usual + LateMoveOffset[cycle - 55]),
        };
    }

    /// <summary>PAL sets drop the colour after a frame with an odd number of lines, which bit 0 stands for.</summary>
    private byte WithColorLoss(byte color) => (byte)((color & 0xFE) | (_pal ? (int)_linesOfLastFrame & 1 : 0));

    private bool IsCharged(int ohms)
    {
        if (ohms == 0)
        {
            return true;
        }

        if (ohms == ReferenceInput.NotConnected || _dumped)
        {
            return false;
        }

        // Unsigned on purpose: a sum that lies before cycle 0 of this frame is a huge number.
        var needed = (uint)(1.6 * ohms * 0.01E-6 * 1.19E6);
        return bus.Cycles > unchecked(_dumpEndCycle + needed);
    }

    private void WriteVsync(byte value)
    {
        if ((value & 2) != 0)
        {
            _vsyncEnd = Now + LineClocks;
        }
        else if (Now >= _vsyncEnd)
        {
            _vsyncEnd = Never;
            FrameIsPartial = false;
        }
    }

    private void WriteVblank(byte value)
    {
        var dump = (value & 0x80) != 0;
        if (_dumped && !dump)
        {
            _dumpEndCycle = bus.Cycles;
        }

        _dumped = dump;
        _vblank = value;
    }

    private void WaitForLine()
    {
        if (bus.LastAccessWasRead)
        {
            var intoLine = (uint)((Now - _frameStart) / 3 % 76);
            bus.Cycles += intoLine == 0 ? 0 : 76 - intoLine;
        }
    }

    /// <summary>
    /// A player that is put elsewhere shows its first copy from the next line on, unless the new place lies in the
    /// first four pixels of a copy of the old one.
    /// </summary>
    private void ResetPlayer(ReferencePlayer player, int inLine)
    {
        var position = inLine < BlankClocks ? 3 : (inLine - BlankClocks + 5) % Width;
        var startsInTime = false;
        foreach (var copy in player.CopyOffsets)
        {
            var beyond = ReferenceCopies.Wrap(position - player.Position - copy);
            startsInTime |= beyond < 4;
            if (beyond >= 4 && beyond < 4 + (8 * player.Scale))
            {
                // The copy that is being drawn is finished at its old place.
                DrawUpTo(Now + 11);
            }
        }

        player.Position = position;
        player.FirstCopyHidden = !startsInTime;
    }

    /// <summary>The exceptions stand for what HMOVE, still at work, does in Dolphin and Pitfall II.</summary>
    private int MissileResetPosition(int index, int inLine) => (index, inLine, Now - _lastHmove) switch
    {
        (0, 69, 60) => 8,
        (1, 18, 9) => 3,
        _ => SmallObjectPosition(inLine),
    };

    /// <summary>The exceptions: Escape from the Mindmaster, Decathlon, Robot Tank, Hole Hunter.</summary>
    private int BallResetPosition(int inLine) => (inLine, Now - _lastHmove) switch
    {
        (60 or 69, 54) => 10,
        (18, 9) => 3,
        (30, 21) => 6,
        (27, 18) => 5,
        _ => SmallObjectPosition(inLine),
    };

    private static int SmallObjectPosition(int inLine) => inLine < BlankClocks ? 2 : (inLine - BlankClocks + 4) % Width;

    private void WriteMissileMotion(int index, int motion)
    {
        var missile = _missiles[index];

        // Cosmic Ark's stars: HMOVE's counter for this missile is missed and never stops.
        if (index == 0 && Now == _lastHmove + 63 && missile.Motion == 7 && motion == 6)
        {
            _cosmicArk = true;
            _cosmicArkStep = 0;
        }

        missile.Motion = motion;
    }

    private static void WriteResmp(ReferenceMissile missile, ReferencePlayer player, bool locked)
    {
        if (missile.LockedToPlayer && !locked)
        {
            missile.MoveTo((player.Position + (4 * player.Scale)) % Width);
        }

        missile.LockedToPlayer = locked;
    }

    private void Hmove(int cycle)
    {
        if (options.HmoveBlanks && cycle is <= 20 or 75)
        {
            _hmoveBlank = true;
        }

        foreach (var player in _players)
        {
            player.Position = ReferenceCopies.Wrap(player.Position + Movement(cycle, player.Motion));
            player.FirstCopyHidden = false;
        }

        foreach (var missile in _missiles)
        {
            missile.MoveTo(ReferenceCopies.Wrap(missile.Position + Movement(cycle, missile.Motion)));
        }

        _ballPosition = ReferenceCopies.Wrap(_ballPosition + Movement(cycle, _hmbl));
        _lastHmove = Now;
        _cosmicArk = false;
    }

    /// <summary>Draws all pixels before a clock that are not drawn yet.</summary>
    private void DrawUpTo(int clock)
    {
        if (clock < DisplayStart)
        {
            return;
        }

        clock = Math.Min(clock, DisplayStop);
        while (_drawnUpTo < clock)
        {
            var lineEnd = _lineStart + LineClocks;
            var stop = Math.Min(clock, lineEnd);
            DrawInLine(_drawnUpTo - _lineStart, stop - _lineStart);
            _drawnUpTo = stop;

            // A line ends only when something behind it is drawn.
            if (clock > lineEnd)
            {
                _lineStart = lineEnd;
                _row++;
                EndLine();
            }
        }
    }

    /// <summary>Draws from one clock of the line up to before another.</summary>
    private void DrawInLine(int from, int to)
    {
        from = Math.Max(from, Math.Min(to, BlankClocks));
        var firstPixel = Math.Max(from - BlankClocks, 0);
        var endPixel = Math.Max(to - BlankClocks, 0);
        for (var x = firstPixel; x < endPixel; x++)
        {
            television[_row, x] = Pixel(x);
        }

        FinishGroup(firstPixel, endPixel);

        if (_hmoveBlank && from < BlankClocks + 8)
        {
            // Inside the blank part of the line this is more than eight pixels; the line draws over it later.
            for (var x = 0; x < BlankClocks + 8 - from; x++)
            {
                television[_row, firstPixel + x] = 0;
            }

            if (to >= BlankClocks + 8)
            {
                _hmoveBlank = false;
            }
        }
    }

    /// <summary>
    /// ALE draws groups of four pixels at once where it knows that no movable object is near, and does not stop inside
    /// such a group. The surplus is drawn over later, unless the frame ends here.
    /// </summary>
    private void FinishGroup(int firstPixel, int endPixel)
    {
        var group = endPixel - (endPixel % GroupSize);
        if (group == endPixel || group < firstPixel || !DrawsEmptyGroupsAtOnce())
        {
            return;
        }

        for (var x = group; x < group + GroupSize; x++)
        {
            if (MovableObjectCovers(x))
            {
                return;
            }
        }

        for (var x = endPixel; x < group + GroupSize; x++)
        {
            television[_row, x] = Pixel(x);
        }
    }

    /// <summary>Whether what is enabled is one of the combinations for which ALE has a loop of its own.</summary>
    private bool DrawsEmptyGroupsAtOnce()
    {
        if ((_vblank & 2) != 0)
        {
            return false;
        }

        var enabled = (PlayfieldEnabled ? "PF " : "") + (BallEnabled ? "BL " : "")
            + (_players[0].Enabled ? "P0 " : "") + (_players[1].Enabled ? "P1 " : "")
            + (_missiles[0].Enabled ? "M0 " : "") + (_missiles[1].Enabled ? "M1 " : "");
        return enabled.TrimEnd() switch
        {
            "PF" or "BL" or "P0" or "P1" or "M0" or "M1" => true,
            "P0 P1" or "M0 M1" or "BL M0" or "BL M1" or "BL P1" => true,
            "PF P0" or "PF P1" or "PF BL" => !ScoreMode,
            _ => false,
        };
    }

    private bool MovableObjectCovers(int x) =>
        (_players[0].Enabled && _players[0].BitAt(x) >= 0) || (_players[1].Enabled && _players[1].BitAt(x) >= 0)
        || _missiles[0].Shows(x) || _missiles[1].Shows(x) || BallShows(x);

    private void EndLine()
    {
        _playfieldReflected = (_ctrlpf & 1) != 0;
        _players[0].FirstCopyHidden = false;
        _players[1].FirstCopyHidden = false;
        if (_cosmicArk)
        {
            _cosmicArkStep = (_cosmicArkStep + 1) % CosmicArkSteps.Length;
            var star = _missiles[0];
            star.MoveTo(ReferenceCopies.Wrap(star.Position - CosmicArkSteps[_cosmicArkStep]));
            star.Widened = _cosmicArkStep == 1;
            star.Hidden = _cosmicArkStep == 2;
        }
    }

    /// <summary>The colour of a pixel; objects that meet in it set their collision latches.</summary>
    private byte Pixel(int x)
    {
        if ((_vblank & 2) != 0)
        {
            return 0;
        }

        var playfield = PlayfieldShows(x);
        var ball = BallShows(x);
        var player0 = _players[0].Shows(x);
        var player1 = _players[1].Shows(x);
        var missile0 = _missiles[0].Shows(x);
        var missile1 = _missiles[1].Shows(x);

        Latch(0, missile0 && player1, missile0 && player0);
        Latch(1, missile1 && player0, missile1 && player1);
        Latch(2, player0 && playfield, player0 && ball);
        Latch(3, player1 && playfield, player1 && ball);
        Latch(4, missile0 && playfield, missile0 && ball);
        Latch(5, missile1 && playfield, missile1 && ball);
        Latch(6, ball && playfield, false);
        Latch(7, player0 && player1, missile0 && missile1);

        var first = player0 || missile0;
        var second = player1 || missile1;
        var leftHalf = x < Width / 2;
        var scoreColor = _players[leftHalf ? 0 : 1].Color;
        if (PlayfieldHasPriority)
        {
            return playfield && ScoreMode && OnlyPlayfieldEnabled() ? scoreColor
                : playfield || ball ? _colupf
                : first ? _players[0].Color
                : second ? _players[1].Color
                : _colubk;
        }

        // In the left half a score goes before the second player.
        return first || (playfield && ScoreMode && leftHalf) ? _players[0].Color
            : second || (playfield && ScoreMode) ? _players[1].Color
            : playfield || ball ? _colupf
            : _colubk;
    }

    private void Latch(int register, bool bit7, bool bit6) =>
        Collisions |= (ushort)(((bit7 ? 1 : 0) | (bit6 ? 2 : 0)) << (2 * register));

    private bool OnlyPlayfieldEnabled() => !BallEnabled && !_players[0].Enabled && !_players[1].Enabled
        && !_missiles[0].Enabled && !_missiles[1].Enabled;

    /// <summary>
    /// Twenty bits of four pixels each, twice: PF0 from bit 4 up, PF1 from bit 7 down, PF2 from bit 0 up.
    /// </summary>
    private bool PlayfieldShows(int x)
    {
        var place = x / 4 % 20;
        if (x >= Width / 2 && _playfieldReflected)
        {
            place = 19 - place;
        }

        var bit = place switch
        {
            < 4 => _pf0 >> (4 + place),
            < 12 => _pf1 >> (11 - place),
            _ => _pf2 >> (place - 12),
        };
        return (bit & 1) != 0;
    }

    private bool BallShows(int x) => BallEnabled && ReferenceCopies.Wrap(x - _ballPosition) < 1 << ((_ctrlpf >> 4) & 3);
}
