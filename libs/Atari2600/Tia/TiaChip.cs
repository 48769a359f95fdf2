using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.Sound;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The TIA (Television Interface Adaptor, Atari CO10444) as the bus sees it. Each access goes to the part that owns the
/// register; the parts share one state and one <see cref="DeferredDrawing"/>. Parts without state of their own are
/// structs, so that an access costs no more than one class with all of it would.
/// </summary>
/// <remarks>
/// The rules are ALE's, which are those of an early Stella; where they differ from the chip the code says "ALE".
/// Clocks are colour clocks since the frame's cycle counter was set to 0: three for each CPU cycle. Every access sees
/// the end of its instruction.
/// </remarks>
internal sealed unsafe class TiaChip
{
    private readonly TiaState* _state;
    private readonly FrameState* _frame;
    private readonly DeferredDrawing _drawing;
    private readonly PlayerRegisters _players;
    private readonly MissileRegisters _missiles;
    private readonly BallRegisters _ball;
    private readonly PlayfieldRegisters _playfield;
    private readonly MotionRegisters _motion;
    private readonly TiaInputs _inputs;

    /// <summary>Makes the chip over the console's memory; it owns none.</summary>
    /// <param name="state">Registers, positions, latches.</param>
    /// <param name="frame">Where the television is.</param>
    /// <param name="inputs">What is plugged into the ports.</param>
    /// <param name="pictures">Two pictures of <see cref="Picture.BufferSize"/> bytes.</param>
    public TiaChip(TiaState* state, FrameState* frame, InputState* inputs, byte* pictures)
    {
        _state = state;
        _frame = frame;
        _drawing = new DeferredDrawing(state, frame, pictures);
        _players = new PlayerRegisters(state, _drawing);
        _missiles = new MissileRegisters(state, _drawing);
        _ball = new BallRegisters(state, _drawing);
        _playfield = new PlayfieldRegisters(state, frame, _drawing);
        _motion = new MotionRegisters(state, _drawing);
        _inputs = new TiaInputs(state, inputs);
    }

    /// <summary>Whether pixels are wanted; without them everything else still happens.</summary>
    public bool Drawing
    {
        get => _drawing.PaintsPixels;
        set => _drawing.PaintsPixels = value;
    }

    /// <summary>Whether an HMOVE at the start of a line blackens its left edge.</summary>
    public bool AllowHmoveBlanks
    {
        get => _motion.AllowsBlanks;
        set => _motion.AllowsBlanks = value;
    }

    /// <summary>Makes the sound; null where nobody listens.</summary>
    public SoundMixer? Sound { get; set; }

    /// <summary>Makes the mixer of this chip's sound.</summary>
    public SoundMixer CreateSound() => new(_state);

    /// <summary>Clears all registers, positions and latches. The television sets the drawing position.</summary>
    public void Reset()
    {
        *_state = default;
        _state->Stale = ObjectLineCache.AllObjects;
    }

    /// <summary>
    /// A read of register 0..15. <paramref name="dataBus"/> is the last byte on the bus: its low six bits stay there.
    /// </summary>
    public byte Read(int register, int dataBus, int cycles)
    {
        var noise = dataBus & 0x3F;
        var clock = cycles * Beam.ClocksPerCycle;
        switch ((ReadRegister)register)
        {
            case <= ReadRegister.CXPPMM:
                _drawing.DrawTo(_state, clock);
                return (byte)(CollisionLatches.Read(_state->Collisions, register) | noise);
            case <= ReadRegister.INPT3:
                _drawing.Request(_state, clock);
                return (byte)((_inputs.IsCharged(register - (int)ReadRegister.INPT0, cycles) ? 0x80 : 0) | noise);
            case <= ReadRegister.INPT5:
                _drawing.Request(_state, clock);
                return (byte)(_inputs.Trigger(register - (int)ReadRegister.INPT4) | noise);
            default:
                _drawing.Request(_state, clock);
                return (byte)noise;
        }
    }

    /// <summary>
    /// A write to register 0..63. The processor's wait for WSYNC is left to <see cref="WaitForSync"/>.
    /// <paramref name="cycles"/> is the CPU cycle at the end of the instruction.
    /// </summary>
    public void Write(int register, byte value, int cycles)
    {
        var clock = cycles * Beam.ClocksPerCycle;
        if (clock - _frame->Start >= (_frame->MaxLines + 1) * Beam.ClocksPerLine)
        {
            _frame->Ended = 1;
        }

        switch ((WriteRegister)register)
        {
            case WriteRegister.VSYNC: WriteVSYNC(value, clock); break;
            case WriteRegister.VBLANK: WriteVBLANK(value, clock, cycles); break;
            case WriteRegister.NUSIZ0: _players.WriteNUSIZ0(value, clock); break;
            case WriteRegister.NUSIZ1: _players.WriteNUSIZ1(value, clock); break;
            case WriteRegister.COLUP0: _playfield.WriteCOLUP0(value, clock); break;
            case WriteRegister.COLUP1: _playfield.WriteCOLUP1(value, clock); break;
            case WriteRegister.COLUPF: _playfield.WriteCOLUPF(value, clock); break;
            case WriteRegister.COLUBK: _playfield.WriteCOLUBK(value, clock); break;
            case WriteRegister.CTRLPF: _playfield.WriteCTRLPF(value, LineClock(clock), clock); break;
            case WriteRegister.REFP0: _players.WriteREFP0(value, clock); break;
            case WriteRegister.REFP1: _players.WriteREFP1(value, clock); break;
            case WriteRegister.PF0: _playfield.WritePF0(value, LineClock(clock), clock); break;
            case WriteRegister.PF1: _playfield.WritePF1(value, LineClock(clock), clock); break;
            case WriteRegister.PF2: _playfield.WritePF2(value, LineClock(clock), clock); break;
            case WriteRegister.RESP0: _players.StrobeRESP0(LineClock(clock), clock); break;
            case WriteRegister.RESP1: _players.StrobeRESP1(LineClock(clock), clock); break;
            case WriteRegister.RESM0: _missiles.StrobeRESM0(LineClock(clock), clock); break;
            case WriteRegister.RESM1: _missiles.StrobeRESM1(LineClock(clock), clock); break;
            case WriteRegister.RESBL: _ball.StrobeRESBL(LineClock(clock), clock); break;
            case WriteRegister.AUDC0 or WriteRegister.AUDC1: WriteAudio(register, value & 0x0F, clock); break;
            case WriteRegister.AUDF0 or WriteRegister.AUDF1: WriteAudio(register, value & 0x1F, clock); break;
            case WriteRegister.AUDV0 or WriteRegister.AUDV1: WriteAudio(register, value & 0x0F, clock); break;
            case WriteRegister.GRP0: _players.WriteGRP0(value, clock); break;
            case WriteRegister.GRP1: _players.WriteGRP1(value, clock); _ball.FollowGRP1(clock); break;
            case WriteRegister.ENAM0: _missiles.WriteENAM0(value, clock); break;
            case WriteRegister.ENAM1: _missiles.WriteENAM1(value, clock); break;
            case WriteRegister.ENABL: _ball.WriteENABL(value, clock); break;
            case WriteRegister.HMP0: _motion.WriteMotion(TiaObject.Player0, value, clock); break;
            case WriteRegister.HMP1: _motion.WriteMotion(TiaObject.Player1, value, clock); break;
            case WriteRegister.HMM0: _motion.WriteHMM0(value, clock); break;
            case WriteRegister.HMM1: _motion.WriteMotion(TiaObject.Missile1, value, clock); break;
            case WriteRegister.HMBL: _motion.WriteMotion(TiaObject.Ball, value, clock); break;
            case WriteRegister.VDELP0: _players.WriteVDELP0(value, clock); break;
            case WriteRegister.VDELP1: _players.WriteVDELP1(value, clock); break;
            case WriteRegister.VDELBL: _ball.WriteVDELBL(value, clock); break;
            case WriteRegister.RESMP0: _missiles.WriteRESMP0(value, clock); break;
            case WriteRegister.RESMP1: _missiles.WriteRESMP1(value, clock); break;
            case WriteRegister.HMOVE: _motion.StrobeHMOVE(LineClock(clock), clock); break;
            case WriteRegister.HMCLR: _motion.StrobeHMCLR(clock); break;
            case WriteRegister.CXCLR: StrobeCXCLR(clock); break;
            default: _drawing.Request(_state, clock); break;
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
        var into = (uint)(cycles - (_frame->Start / Beam.ClocksPerCycle)) % Beam.CyclesPerLine;
        return into == 0 ? cycles : cycles + Beam.CyclesPerLine - (int)into;
    }

    /// <summary>Draws everything that was requested.</summary>
    public void Flush() => _drawing.Flush();

    private int LineClock(int clock) => (clock - _frame->Start) % Beam.ClocksPerLine;

    private void WriteVSYNC(byte value, int clock)
    {
        _drawing.Request(_state, clock);
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

    private void WriteVBLANK(byte value, int clock, int cycles)
    {
        if (((value ^ _state->VBLANK) & 0x02) != 0)
        {
            _drawing.DrawTo(_state, clock + 1);
        }
        else
        {
            _drawing.Request(_state, clock + 1);
        }

        _inputs.WriteDump(value, cycles);
        _state->VBLANK = value;
    }

    private void WriteAudio(int register, int value, int clock)
    {
        _drawing.Request(_state, clock);
        Sound?.AdvanceTo((clock - _frame->Start) / Beam.ClocksPerLine);
        _state->Audio[register - (int)WriteRegister.AUDC0] = (byte)value;
    }

    private void StrobeCXCLR(int clock)
    {
        _drawing.DrawTo(_state, clock);
        _state->Collisions = 0;
    }
}
