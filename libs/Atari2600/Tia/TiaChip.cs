using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The TIA (Television Interface Adaptor, Atari CO10444). The chip draws only when it must: a write or read asks for
/// the picture up to its moment (<see cref="Request"/>), but drawing waits until a register that shows in the picture
/// really changes, a collision latch is read, or the call ends. As nothing it draws with changes in between, the
/// picture is the same as if every access had drawn.
/// </summary>
/// <remarks>
/// The rules are ALE's, which are those of an early Stella; where they differ from the chip the code says "ALE".
/// Clocks are colour clocks since the frame's cycle counter was set to 0: three for each CPU cycle. Every access sees
/// the end of its instruction.
/// </remarks>
internal sealed unsafe class TiaChip(TiaState* state, FrameState* frame, InputState* inputs, byte* pictures)
{
    private const int Players = (1 << (int)TiaObject.Player0) | (1 << (int)TiaObject.Player1);
    private const int AllObjects = (1 << 6) - 1;

    private readonly TiaState* _state = state;
    private readonly FrameState* _frame = frame;
    private readonly InputState* _inputs = inputs;
    private readonly byte* _pictures = pictures;

    /// <summary>The shape of missile 0 on a line of the Cosmic Ark effect.</summary>
    private enum Missile0 : byte
    {
        Normal,
        AtLeastTwoPixels,
        Hidden,
    }

    /// <summary>Clocks after a write at which PF0..PF2 change, by CPU cycle of the line modulo 4.</summary>
    private static ReadOnlySpan<byte> PlayfieldDelays => [4, 5, 2, 3];

    /// <summary>How far missile 0 moves to the left at the end of each line of the Cosmic Ark effect.</summary>
    private static ReadOnlySpan<byte> CosmicArkMotions => [18, 33, 0, 17];

    /// <summary>Whether pixels are wanted; without them everything else still happens.</summary>
    public bool Drawing { get; set; } = true;

    /// <summary>Clears all registers, positions and latches. The television sets the drawing position.</summary>
    public void Reset()
    {
        *_state = default;
        _state->Stale = AllObjects;
    }

    /// <summary>
    /// A read of register 0..15. <paramref name="dataBus"/> is the last byte on the bus: its low six bits stay there.
    /// </summary>
    public byte Read(int register, int dataBus, int cycles)
    {
        int noise = dataBus & 0x3F;
        int clock = cycles * Beam.ClocksPerCycle;
        switch ((ReadRegister)register)
        {
            case <= ReadRegister.CXPPMM:
                DrawTo(clock);
                return (byte)(CollisionLatches.Read(_state->Collisions, register) | noise);
            case <= ReadRegister.INPT3:
                Request(clock);
                return (byte)((IsCharged(register - (int)ReadRegister.INPT0, cycles) ? 0x80 : 0) | noise);
            case <= ReadRegister.INPT5:
                Request(clock);
                return (byte)(_inputs->Triggers[register - (int)ReadRegister.INPT4] | noise);
            default:
                Request(clock);
                return (byte)noise;
        }
    }

    /// <summary>
    /// A write to register 0..63, WSYNC's wait excepted, which is the bus' business. <paramref name="cycles"/> is the
    /// CPU cycle at the end of the instruction.
    /// </summary>
    public void Write(int register, byte value, int cycles)
    {
        int clock = cycles * Beam.ClocksPerCycle;
        if (clock - _frame->Start >= (_frame->MaximumLines + 1) * Beam.ClocksPerLine)
        {
            _frame->Ended = 1;
        }

        switch ((WriteRegister)register)
        {
            case WriteRegister.VSYNC:
                Request(clock);
                WriteVsync(value, clock);
                break;
            case WriteRegister.VBLANK:
                WriteVblank(value, clock, cycles);
                break;
            case WriteRegister.NUSIZ0:
                WriteNusiz0(value, clock);
                break;
            case WriteRegister.NUSIZ1:
                WriteNusiz1(value, clock);
                break;
            case WriteRegister.COLUP0:
                WriteColour(ref _state->COLUP0, value, clock);
                break;
            case WriteRegister.COLUP1:
                WriteColour(ref _state->COLUP1, value, clock);
                break;
            case WriteRegister.COLUPF:
                WriteColour(ref _state->COLUPF, value, clock);
                break;
            case WriteRegister.COLUBK:
                WriteColour(ref _state->COLUBK, value, clock);
                break;
            case WriteRegister.CTRLPF:
                WriteCtrlpf(value, clock);
                break;
            case WriteRegister.REFP0:
                WriteReflection(ref _state->REFP0, ref _state->ShownGRP0, TiaObject.Player0, value, clock);
                break;
            case WriteRegister.REFP1:
                WriteReflection(ref _state->REFP1, ref _state->ShownGRP1, TiaObject.Player1, value, clock);
                break;
            case WriteRegister.PF0:
                WritePlayfield((_state->Playfield & ~0x0000F) | (value >> 4), clock);
                break;
            case WriteRegister.PF1:
                WritePlayfield((_state->Playfield & ~0x00FF0) | (ObjectLine.Reverse(value) << 4), clock);
                break;
            case WriteRegister.PF2:
                WritePlayfield((_state->Playfield & ~0xFF000) | (value << 12), clock);
                break;
            case WriteRegister.RESP0:
                ResetPlayer(TiaObject.Player0, _state->NUSIZ0, ref _state->FirstCopyHidden0, clock);
                break;
            case WriteRegister.RESP1:
                ResetPlayer(TiaObject.Player1, _state->NUSIZ1, ref _state->FirstCopyHidden1, clock);
                break;
            case WriteRegister.RESM0:
                DrawTo(clock + 8);
                SetPosition(TiaObject.Missile0, StrobedPosition.Missile0(LineClock(clock), clock - _state->HmoveClock));
                _state->Missile0Shape = (byte)Missile0.Normal;
                break;
            case WriteRegister.RESM1:
                DrawTo(clock + 8);
                SetPosition(TiaObject.Missile1, StrobedPosition.Missile1(LineClock(clock), clock - _state->HmoveClock));
                break;
            case WriteRegister.RESBL:
                DrawTo(clock);
                SetPosition(TiaObject.Ball, StrobedPosition.Ball(LineClock(clock), clock - _state->HmoveClock));
                break;
            case WriteRegister.AUDC0:
            case WriteRegister.AUDC1:
                Request(clock);
                _state->Audio[register - (int)WriteRegister.AUDC0] = (byte)(value & 0x0F);
                break;
            case WriteRegister.AUDF0:
            case WriteRegister.AUDF1:
                Request(clock);
                _state->Audio[register - (int)WriteRegister.AUDC0] = (byte)(value & 0x1F);
                break;
            case WriteRegister.AUDV0:
            case WriteRegister.AUDV1:
                Request(clock);
                _state->Audio[register - (int)WriteRegister.AUDC0] = (byte)(value & 0x0F);
                break;
            case WriteRegister.GRP0:
                // A write to one player's graphics moves the other's to its delayed register.
                _state->GRP0 = value;
                _state->DelayedGRP1 = _state->GRP1;
                ShowPlayers(clock + 1);
                break;
            case WriteRegister.GRP1:
                _state->GRP1 = value;
                _state->DelayedGRP0 = _state->GRP0;
                _state->DelayedENABL = _state->ENABL;
                ShowPlayers(clock + 1);
                ShowBall(clock + 1);
                break;
            case WriteRegister.ENAM0:
                _state->ENAM0 = (byte)(value & 0x02);
                Enable(TiaObject.Missile0, _state->ENAM0 != 0 && _state->RESMP0 == 0, clock);
                break;
            case WriteRegister.ENAM1:
                _state->ENAM1 = (byte)(value & 0x02);
                Enable(TiaObject.Missile1, _state->ENAM1 != 0 && _state->RESMP1 == 0, clock);
                break;
            case WriteRegister.ENABL:
                _state->ENABL = (byte)(value & 0x02);
                ShowBall(clock);
                break;
            case WriteRegister.HMP0:
                Request(clock);
                _state->Motions[(int)TiaObject.Player0] = (byte)(value >> 4);
                break;
            case WriteRegister.HMP1:
                Request(clock);
                _state->Motions[(int)TiaObject.Player1] = (byte)(value >> 4);
                break;
            case WriteRegister.HMM0:
                WriteHmm0((byte)(value >> 4), clock);
                break;
            case WriteRegister.HMM1:
                Request(clock);
                _state->Motions[(int)TiaObject.Missile1] = (byte)(value >> 4);
                break;
            case WriteRegister.HMBL:
                Request(clock);
                _state->Motions[(int)TiaObject.Ball] = (byte)(value >> 4);
                break;
            case WriteRegister.VDELP0:
                _state->VDELP0 = (byte)(value & 0x01);
                ShowPlayers(clock);
                break;
            case WriteRegister.VDELP1:
                _state->VDELP1 = (byte)(value & 0x01);
                ShowPlayers(clock);
                break;
            case WriteRegister.VDELBL:
                _state->VDELBL = (byte)(value & 0x01);
                ShowBall(clock);
                break;
            case WriteRegister.RESMP0:
                WriteResmp0(value, clock);
                break;
            case WriteRegister.RESMP1:
                WriteResmp1(value, clock);
                break;
            case WriteRegister.HMOVE:
                Hmove(clock);
                break;
            case WriteRegister.HMCLR:
                Request(clock);
                new Span<byte>(_state->Motions, 5).Clear();
                break;
            case WriteRegister.CXCLR:
                DrawTo(clock);
                _state->Collisions = 0;
                break;
            default:
                Request(clock);
                break;
        }
    }

    /// <summary>
    /// A write to WSYNC that stops the processor. Returns the cycle counter at the start of the next line; a write that
    /// ends just there does not wait.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int WaitForSync(int cycles)
    {
        Write((int)WriteRegister.WSYNC, 0, cycles);
        uint into = (uint)(cycles - (_frame->Start / Beam.ClocksPerCycle)) % Beam.CyclesPerLine;
        return into == 0 ? cycles : cycles + Beam.CyclesPerLine - (int)into;
    }

    /// <summary>Draws all that was asked for.</summary>
    public void Flush() => Draw(_state->DrawUntil);

    /// <summary>Asks for the picture up to a clock with the registers as they are, without drawing it yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Request(int clock)
    {
        if (clock > _state->DrawUntil)
        {
            _state->LastRequest = _state->DrawUntil;
            _state->DrawUntil = clock;
        }

        // The comb that blackens the left edge depends on where each access stopped, so it is not put off.
        if (_state->HmoveBlank != 0)
        {
            Draw(_state->DrawUntil);
        }
    }

    /// <summary>Draws up to a clock, and what was asked for before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DrawTo(int clock)
    {
        if (clock > _state->DrawUntil)
        {
            _state->LastRequest = _state->DrawUntil;
            _state->DrawUntil = clock;
        }

        Draw(_state->DrawUntil);
    }

    private int LineClock(int clock) => (clock - _frame->Start) % Beam.ClocksPerLine;

    private bool IsCharged(int input, int cycles)
    {
        int needed = _inputs->ChargeCycles[input];
        if (needed == InputState.AlwaysCharged)
        {
            return true;
        }

        // ALE compares without sign: a dump that ended in an earlier frame can make the sum wrap, and then the input
        // never reads as charged.
        return needed != InputState.NeverCharged && _state->Dumped == 0
            && (uint)cycles > _state->DumpEndCycle + (uint)needed;
    }

    private void WriteVsync(byte value, int clock)
    {
        _state->VSYNC = value;
        if ((value & 0x02) != 0)
        {
            _frame->VsyncFinish = clock + Beam.ClocksPerLine;
        }
        else if (clock >= _frame->VsyncFinish)
        {
            _frame->VsyncFinish = int.MaxValue;
            _frame->Ended = 1;
        }
    }

    private void WriteVblank(byte value, int clock, int cycles)
    {
        if (((value ^ _state->VBLANK) & 0x02) != 0)
        {
            DrawTo(clock + 1);
        }
        else
        {
            Request(clock + 1);
        }

        bool dumped = (_state->VBLANK & 0x80) != 0;
        bool dump = (value & 0x80) != 0;
        if (dump && !dumped)
        {
            _state->Dumped = 1;
        }
        else if (dumped && !dump)
        {
            _state->Dumped = 0;
            _state->DumpEndCycle = (uint)cycles;
        }

        _state->VBLANK = value;
    }

    private void WriteNusiz0(byte value, int clock)
    {
        if (value == _state->NUSIZ0 && _state->FirstCopyHidden0 == 0 && _state->CosmicArk == 0
            && _state->Missile0Shape == (byte)Missile0.Normal)
        {
            Request(clock + 8);
            return;
        }

        DrawTo(clock + 8);
        _state->NUSIZ0 = value;
        _state->FirstCopyHidden0 = 0;
        _state->Missile0Shape = (byte)Missile0.Normal;
        MakeStale((1 << (int)TiaObject.Player0) | (1 << (int)TiaObject.Missile0));
    }

    private void WriteNusiz1(byte value, int clock)
    {
        if (value == _state->NUSIZ1 && _state->FirstCopyHidden1 == 0)
        {
            Request(clock + 8);
            return;
        }

        DrawTo(clock + 8);
        _state->NUSIZ1 = value;
        _state->FirstCopyHidden1 = 0;
        MakeStale((1 << (int)TiaObject.Player1) | (1 << (int)TiaObject.Missile1));
    }

    private void WriteColour(ref byte register, byte value, int clock)
    {
        int colour = value & 0xFE;
        if (_frame->ColourLoss != 0 && (_frame->LastFrameLines & 1) != 0)
        {
            colour |= 1;
        }

        if (Drawing && colour != register)
        {
            DrawTo(clock);
        }
        else
        {
            Request(clock);
        }

        register = (byte)colour;
    }

    private void WriteCtrlpf(byte value, int clock)
    {
        // The mirror bit of a line is decided left of the middle.
        bool atOnce = LineClock(clock) < Beam.BlankClocks + 79;
        byte reflected = atOnce ? (byte)(value & 0x01) : _state->Reflected;
        if (value == _state->CTRLPF && reflected == _state->Reflected)
        {
            Request(clock);
            return;
        }

        DrawTo(clock);
        int stale = 0;
        if (((value ^ _state->CTRLPF) & 0x30) != 0)
        {
            stale |= 1 << (int)TiaObject.Ball;
        }

        _state->CTRLPF = value;
        if (atOnce && reflected != _state->Reflected)
        {
            _state->Reflected = reflected;
            stale |= 1 << (int)TiaObject.Playfield;
        }

        MakeStale(stale);
    }

    private void WriteReflection(ref byte register, ref byte shown, TiaObject player, byte value, int clock)
    {
        byte reflected = (byte)(value & 0x08);
        if (reflected == register)
        {
            Request(clock + 1);
            return;
        }

        DrawTo(clock + 1);
        register = reflected;
        shown = ObjectLine.Reverse(shown);
        MakeStale(1 << (int)player);
    }

    private void WritePlayfield(int playfield, int clock)
    {
        clock += PlayfieldDelays[(LineClock(clock) / Beam.ClocksPerCycle) & 3];
        if (playfield == _state->Playfield)
        {
            Request(clock);
            return;
        }

        DrawTo(clock);
        _state->Playfield = playfield;
        MakeStale(1 << (int)TiaObject.Playfield);
        SetEnabled(TiaObject.Playfield, playfield != 0);
    }

    private void ResetPlayer(TiaObject player, byte nusiz, ref byte firstCopyHidden, int clock)
    {
        DrawTo(clock);
        int position = StrobedPosition.Player(LineClock(clock));
        PlayerStrobe strobe = StrobedPosition.Classify(nusiz, _state->Positions[(int)player], position);
        if (strobe == PlayerStrobe.DuringCopy)
        {
            DrawTo(clock + 11);
        }

        firstCopyHidden = strobe == PlayerStrobe.DuringDelay ? (byte)0 : (byte)1;
        SetPosition(player, position);
    }

    private void WriteHmm0(byte motion, int clock)
    {
        // The Cosmic Ark effect: HMM0 changed from 7 to 6 just while the HMOVE's extra clocks are running.
        if (clock == _state->HmoveClock + (21 * Beam.ClocksPerCycle) && _state->Motions[(int)TiaObject.Missile0] == 7 && motion == 6)
        {
            DrawTo(clock);
            _state->CosmicArk = 1;
            _state->CosmicArkStep = 0;
        }
        else
        {
            Request(clock);
        }

        _state->Motions[(int)TiaObject.Missile0] = motion;
    }

    private void WriteResmp0(byte value, int clock)
    {
        byte locked = (byte)(value & 0x02);
        if (_state->RESMP0 != 0 && locked == 0)
        {
            DrawTo(clock);
            SetPosition(TiaObject.Missile0, StrobedPosition.PlayerMiddle(_state->NUSIZ0, _state->Positions[(int)TiaObject.Player0]));
            _state->Missile0Shape = (byte)Missile0.Normal;
        }

        _state->RESMP0 = locked;
        Enable(TiaObject.Missile0, _state->ENAM0 != 0 && locked == 0, clock);
    }

    private void WriteResmp1(byte value, int clock)
    {
        byte locked = (byte)(value & 0x02);
        if (_state->RESMP1 != 0 && locked == 0)
        {
            DrawTo(clock);
            SetPosition(TiaObject.Missile1, StrobedPosition.PlayerMiddle(_state->NUSIZ1, _state->Positions[(int)TiaObject.Player1]));
        }

        _state->RESMP1 = locked;
        Enable(TiaObject.Missile1, _state->ENAM1 != 0 && locked == 0, clock);
    }

    private void Hmove(int clock)
    {
        DrawTo(clock);
        int cycle = LineClock(clock) / Beam.ClocksPerCycle;
        if (AllowHmoveBlanks && Motion.BlanksLine(cycle))
        {
            _state->HmoveBlank = 1;
        }

        for (int item = 0; item < 5; item++)
        {
            int pixels = Motion.Pixels(cycle, _state->Motions[item]);
            if (pixels != 0)
            {
                int position = _state->Positions[item] + pixels;
                _state->Positions[item] = position >= Beam.PixelsPerLine ? position - Beam.PixelsPerLine
                    : position < 0 ? position + Beam.PixelsPerLine
                    : position;
                MakeStale(1 << item);
            }
        }

        if (_state->Missile0Shape != (byte)Missile0.Normal)
        {
            _state->Missile0Shape = (byte)Missile0.Normal;
            MakeStale(1 << (int)TiaObject.Missile0);
        }

        ShowFirstCopies();
        _state->HmoveClock = clock;
        _state->CosmicArk = 0;
    }

    /// <summary>Whether an HMOVE at the start of a line blackens its left edge; off for a few cartridges' properties.</summary>
    public bool AllowHmoveBlanks { get; set; } = true;

    private void ShowPlayers(int clock)
    {
        byte shown0 = _state->VDELP0 != 0 ? _state->DelayedGRP0 : _state->GRP0;
        byte shown1 = _state->VDELP1 != 0 ? _state->DelayedGRP1 : _state->GRP1;
        if (_state->REFP0 != 0)
        {
            shown0 = ObjectLine.Reverse(shown0);
        }

        if (_state->REFP1 != 0)
        {
            shown1 = ObjectLine.Reverse(shown1);
        }

        if (shown0 == _state->ShownGRP0 && shown1 == _state->ShownGRP1)
        {
            Request(clock);
            return;
        }

        DrawTo(clock);
        _state->ShownGRP0 = shown0;
        _state->ShownGRP1 = shown1;
        MakeStale(Players);
        SetEnabled(TiaObject.Player0, shown0 != 0);
        SetEnabled(TiaObject.Player1, shown1 != 0);
    }

    private void ShowBall(int clock) =>
        Enable(TiaObject.Ball, (_state->VDELBL != 0 ? _state->DelayedENABL : _state->ENABL) != 0, clock);

    private void Enable(TiaObject item, bool enabled, int clock)
    {
        if (enabled == ((_state->Enabled & (1 << (int)item)) != 0))
        {
            Request(clock);
            return;
        }

        DrawTo(clock);
        SetEnabled(item, enabled);
    }

    private void SetEnabled(TiaObject item, bool enabled)
    {
        int bit = 1 << (int)item;
        _state->Enabled = enabled ? _state->Enabled | bit : _state->Enabled & ~bit;
    }

    private void SetPosition(TiaObject item, int position)
    {
        _state->Positions[(int)item] = position;
        MakeStale(1 << (int)item);
    }

    private void MakeStale(int objects) => _state->Stale |= objects;

    private void ShowFirstCopies()
    {
        if (_state->FirstCopyHidden0 != 0)
        {
            _state->FirstCopyHidden0 = 0;
            MakeStale(1 << (int)TiaObject.Player0);
        }

        if (_state->FirstCopyHidden1 != 0)
        {
            _state->FirstCopyHidden1 = 0;
            MakeStale(1 << (int)TiaObject.Player1);
        }
    }

    /// <summary>Brings picture and collisions up to a clock. Nothing happens outside the displayed lines.</summary>
    private void Draw(int clock)
    {
        if (clock < _frame->DisplayStart || _state->DrawnUntil >= _frame->DisplayStop || _state->DrawnUntil >= clock)
        {
            return;
        }

        clock = Math.Min(clock, _frame->DisplayStop);
        do
        {
            int start = Beam.ClocksPerLine - _state->ClocksToEndOfLine;

            // A line ends only when the beam is drawn beyond it: the last displayed line never does.
            bool endsLine = clock > _state->DrawnUntil + _state->ClocksToEndOfLine;
            int clocks = endsLine ? _state->ClocksToEndOfLine : clock - _state->DrawnUntil;
            int end = start + clocks;
            _state->ClocksToEndOfLine = endsLine ? Beam.ClocksPerLine : _state->ClocksToEndOfLine - clocks;
            _state->DrawnUntil += clocks;

            if (start < Beam.BlankClocks)
            {
                start = Math.Min(end, Beam.BlankClocks);
            }

            if (end > start)
            {
                DrawPixels(start - Beam.BlankClocks, end - Beam.BlankClocks);
            }

            if (_state->HmoveBlank != 0 && start < Beam.HmoveBlankEnd)
            {
                BlankLeftEdge(start, end);
            }

            _state->Pixel += end - start;
            if (endsLine)
            {
                EndLine();
            }
        }
        while (_state->DrawnUntil < clock);
    }

    private void DrawPixels(int start, int end)
    {
        byte* row = _pictures + (_frame->CurrentPicture * Picture.BufferSize) + _state->Pixel - start;
        if ((_state->VBLANK & 0x02) != 0)
        {
            if (Drawing)
            {
                new Span<byte>(row + start, end - start).Clear();
            }

            return;
        }

        int wanted = CollisionLatches.Possible(_state->Enabled) & ~_state->Collisions;
        if (wanted != 0 || Drawing)
        {
            int stale = _state->Stale & _state->Enabled;
            if (stale != 0)
            {
                Refresh(stale);
            }

            if (wanted != 0)
            {
                Collide(wanted, ObjectLine.Span(start, end));
            }

            if (Drawing)
            {
                LinePainter.Paint(_state, row, start, _state->DrawnUntil == _state->DrawUntil ? WithSurplus(start, end) : end);
            }
        }
    }

    /// <summary>
    /// Where painting ends for an access that stops at pixel <paramref name="end"/>. ALE draws some sets of objects in
    /// groups of four pixels, the last one to its end. What is too much is drawn over by the next access, unless the
    /// frame ends there.
    /// </summary>
    private int WithSurplus(int start, int end)
    {
        int group = end & ~(GroupedPixels.GroupSize - 1);

        // Only a group that began within the last access was drawn whole.
        int accessStart = Math.Max(start, end - (_state->DrawUntil - _state->LastRequest));
        return group != end && accessStart <= group && GroupedPixels.AreDrawnWhole(_state, group)
            ? group + GroupedPixels.GroupSize
            : end;
    }

    /// <summary>Sets those of the wanted latches whose two objects share a pixel of the span.</summary>
    private void Collide(int wanted, Vector256<uint> span)
    {
        ReadOnlySpan<(TiaObject First, TiaObject Second)> pairs = CollisionLatches.Pairs;
        do
        {
            int latch = BitOperations.TrailingZeroCount(wanted);
            (TiaObject first, TiaObject second) = pairs[latch];
            Vector256<uint> both = _state->Lines[(int)first] & _state->Lines[(int)second] & span;
            if (both != Vector256<uint>.Zero)
            {
                _state->Collisions |= 1 << latch;
            }

            wanted &= wanted - 1;
        }
        while (wanted != 0);
    }

    private void Refresh(int stale)
    {
        _state->Stale &= ~stale;
        do
        {
            int item = BitOperations.TrailingZeroCount(stale);
            _state->Lines[item] = (TiaObject)item switch
            {
                TiaObject.Player0 => ObjectLine.Player(
                    _state->ShownGRP0, _state->NUSIZ0, _state->Positions[item], _state->FirstCopyHidden0 != 0),
                TiaObject.Player1 => ObjectLine.Player(
                    _state->ShownGRP1, _state->NUSIZ1, _state->Positions[item], _state->FirstCopyHidden1 != 0),
                TiaObject.Missile0 => (Missile0)_state->Missile0Shape switch
                {
                    Missile0.Hidden => Vector256<uint>.Zero,
                    Missile0.AtLeastTwoPixels => ObjectLine.Missile(((_state->NUSIZ0 >> 4) & 3) | 1, _state->NUSIZ0, _state->Positions[item]),
                    _ => ObjectLine.Missile((_state->NUSIZ0 >> 4) & 3, _state->NUSIZ0, _state->Positions[item]),
                },
                TiaObject.Missile1 => ObjectLine.Missile((_state->NUSIZ1 >> 4) & 3, _state->NUSIZ1, _state->Positions[item]),
                TiaObject.Ball => ObjectLine.Ball((_state->CTRLPF >> 4) & 3, _state->Positions[item]),
                _ => ObjectLine.Playfield(_state->Playfield, _state->Reflected != 0),
            };
            stale &= stale - 1;
        }
        while (stale != 0);
    }

    /// <summary>
    /// The comb of an HMOVE: black up to the eighth pixel. ALE blackens as many bytes as are missing to that clock of
    /// the line from the pixel reached, also while the beam is still in the blank part.
    /// </summary>
    private void BlankLeftEdge(int start, int end)
    {
        if (Drawing)
        {
            byte* pixel = _pictures + (_frame->CurrentPicture * Picture.BufferSize) + _state->Pixel;
            new Span<byte>(pixel, Beam.HmoveBlankEnd - start).Clear();
        }

        if (end >= Beam.HmoveBlankEnd)
        {
            _state->HmoveBlank = 0;
        }
    }

    private void EndLine()
    {
        byte reflected = (byte)(_state->CTRLPF & 0x01);
        if (reflected != _state->Reflected)
        {
            _state->Reflected = reflected;
            MakeStale(1 << (int)TiaObject.Playfield);
        }

        ShowFirstCopies();
        if (_state->CosmicArk != 0)
        {
            MoveCosmicArkMissile();
        }
    }

    private void MoveCosmicArkMissile()
    {
        _state->CosmicArkStep = (_state->CosmicArkStep + 1) & 3;
        int position = _state->Positions[(int)TiaObject.Missile0] - CosmicArkMotions[_state->CosmicArkStep];
        SetPosition(TiaObject.Missile0, position < 0 ? position + Beam.PixelsPerLine : position);
        _state->Missile0Shape = (byte)(_state->CosmicArkStep switch
        {
            1 => Missile0.AtLeastTwoPixels,
            2 => Missile0.Hidden,
            _ => Missile0.Normal,
        });
    }
}
