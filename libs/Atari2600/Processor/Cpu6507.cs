using System.Runtime.CompilerServices;
using DqnAspire.Atari2600.Processor.Translation;
using DqnAspire.Atari2600.Riot;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Processor;

/// <summary>
/// The 6507, with the timing of ALE's "low compatibility" core: an instruction's base cycles are counted before its
/// operands are fetched, so every access sees the end of the instruction; penalties for crossed pages are counted
/// before the operand is read; read-modify-write instructions write once; there are no dummy accesses but those of
/// the stack instructions.
/// </summary>
/// <remarks>
/// Registers live in local variables of <see cref="Interpret"/>, and the instructions are one switch, ordered by
/// mnemonic; what several addressing modes share follows the switch under a label. The method is long for a reason:
/// split into methods, the registers would leave the processor's registers at every instruction. Each case repeats what
/// <see cref="OpcodeTable"/> says, and a test compares all 256. Code in plain memory is fetched four bytes at a time;
/// the bytes behind an instruction are not looked at. Values read back are 0..255 in an int.
/// </remarks>
internal sealed unsafe class Cpu6507(
    CpuState* state, Bus bus, TiaChip tia, RiotChip riot, byte* memory, BusState* pages, byte* ram, FrameState* frame,
    TranslatedProgram? program = null, int romOffset = 0)
{
    private const int ResetVector = 0xFFFC;
    private const int BreakVector = 0xFFFE;
    private const int StackPage = 0x0100;
    private const int AddressMask = 0x1FFF;

    /// <summary>First address of the RAM in page zero and in the stack page.</summary>
    private const int RamStart = 0x80;

    private readonly CpuState* _state = state;
    private readonly Bus _bus = bus;
    private readonly TiaChip _tia = tia;
    private readonly RiotChip _riot = riot;
    private readonly byte* _memory = memory;
    private readonly int* _readPages = pages->ReadPages;
    private readonly int* _codePages = pages->CodePages;
    private readonly CodeRun* _codeRun = &pages->CodeRun;
    private readonly FrameState* _frame = frame;
    private readonly bool _isTiaSnooped = bus.IsTiaSnooped;

    /// <summary>Where address 0 would be if the RAM were mapped flat.</summary>
    private readonly byte* _zeroPage = ram - RamStart;

    private readonly TranslatedProgram? _program = program;
    private readonly int _romOffset = romOffset;
    private readonly CodeContext _context = new(state, memory, ram - RamStart, &pages->CodeRun, frame, bus, tia, riot);

    /// <summary>
    /// A reset: registers cleared, stack pointer $FF, execution from the reset vector. Cycles are not touched.
    /// </summary>
    public void Reset()
    {
        var cycles = _state->Cycles;
        var dataBus = _state->DataBus;
        *_state = new CpuState { Cycles = cycles, S = 0xFF, Z = 1 };
        int low = _bus.Read(ResetVector, dataBus, cycles);
        int high = _bus.Read(ResetVector + 1, low, cycles);
        _state->PC = low | (high << 8);
        _state->DataBus = high;
    }

    /// <summary>
    /// Executes instructions until one ends the frame, at most <paramref name="max"/>. A KIL opcode stops the
    /// processor: it then executes nothing until it is reset.
    /// </summary>
    public void Run(int max)
    {
        var left = _state->Halted != 0 ? 0 : max;
        while (left > 0)
        {
            left = Interpret(left);
            while (left > 0 && _frame->Ended == 0 && FindTranslated(_state->PC, left) is { } region)
            {
                left = region.Code(_context, left);
                if (left < 0)
                {
                    left = ~left;
                    break;
                }
            }

            if (_frame->Ended != 0)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Interprets instructions until one ends the frame or leads to translated code, at most as many as are left.
    /// Returns how many are left then.
    /// </summary>
    private int Interpret(int left)
    {
        var a = _state->A;
        var x = _state->X;
        var y = _state->Y;
        var s = _state->S;
        var pc = _state->PC;
        var n = _state->N;
        var z = _state->Z;
        var c = _state->C;
        var v = _state->V;
        var bus = _state->DataBus;
        var cycles = _state->Cycles;
        var memory = _memory;
        while (left > 0)
        {
            left--;
            uint code;
            var inRun = (uint)(pc & AddressMask) - _codeRun->First;
            if (inRun < _codeRun->Length)
            {
                code = *(uint*)(memory + _codeRun->Offset + inRun);
            }
            else
            {
                code = Fetch(pc, bus, cycles);
            }

            bus = (byte)code;
            int ea;
            int m;
            switch ((byte)code)
            {
                // LDA
                case 0xA1:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto LoadA;
                case 0xA5: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto LoadA;
                case 0xA9: cycles += 2; m = bus = Byte(code); pc += 2; goto LoadA;
                case 0xAD: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto LoadA;
                case 0xB1:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto LoadA;
                case 0xB5:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto LoadA;
                case 0xB9:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto LoadA;
                case 0xBD:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto LoadA;

                // LDX
                case 0xA2: cycles += 2; m = bus = Byte(code); pc += 2; goto LoadX;
                case 0xA6: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto LoadX;
                case 0xAE: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto LoadX;
                case 0xB6:
                    cycles += 4; bus = Byte(code); ea = (bus + y) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto LoadX;
                case 0xBE:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto LoadX;

                // LDY
                case 0xA0: cycles += 2; m = bus = Byte(code); pc += 2; goto LoadY;
                case 0xA4: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto LoadY;
                case 0xAC: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto LoadY;
                case 0xB4:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto LoadY;
                case 0xBC:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto LoadY;

                // LAX
                case 0xA3:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Lax;
                case 0xA7: cycles += 4; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Lax;
                case 0xAF: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Lax;
                case 0xB3:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto Lax;
                case 0xB7:
                    cycles += 4; bus = Byte(code); ea = (bus + y) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Lax;
                case 0xBF:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Lax;

                // LAS
                case 0xBB:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); n = z = a = x = s &= m; continue;

                // STA
                case 0x81:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2; m = a;
                    goto Store;
                case 0x85: cycles += 3; ea = Byte(code); pc += 2; m = a; goto StoreZeroPage;
                case 0x8D: cycles += 4; ea = Word(code); pc += 3; m = a; goto Store;
                case 0x91:
                    cycles += 6; bus = Byte(code); ea = (ReadPointer(bus, bus, cycles) + y) & 0xFFFF; pc += 2; m = a;
                    goto Store;
                case 0x95: cycles += 4; ea = (Byte(code) + x) & 0xFF; pc += 2; m = a; goto StoreZeroPage;
                case 0x99: cycles += 5; ea = (Word(code) + y) & 0xFFFF; pc += 3; m = a; goto Store;
                case 0x9D: cycles += 5; ea = (Word(code) + x) & 0xFFFF; pc += 3; m = a; goto Store;

                // STX
                case 0x86: cycles += 3; ea = Byte(code); pc += 2; m = x; goto StoreZeroPage;
                case 0x8E: cycles += 4; ea = Word(code); pc += 3; m = x; goto Store;
                case 0x96: cycles += 4; ea = (Byte(code) + y) & 0xFF; pc += 2; m = x; goto StoreZeroPage;

                // STY
                case 0x84: cycles += 3; ea = Byte(code); pc += 2; m = y; goto StoreZeroPage;
                case 0x8C: cycles += 4; ea = Word(code); pc += 3; m = y; goto Store;
                case 0x94: cycles += 4; ea = (Byte(code) + x) & 0xFF; pc += 2; m = y; goto StoreZeroPage;

                // SAX
                case 0x83:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2; m = a & x;
                    goto Store;
                case 0x87: cycles += 3; ea = Byte(code); pc += 2; m = a & x; goto StoreZeroPage;
                case 0x8F: cycles += 4; ea = Word(code); pc += 3; m = a & x; goto Store;
                case 0x97: cycles += 4; ea = (Byte(code) + y) & 0xFF; pc += 2; m = a & x; goto StoreZeroPage;

                // SHA
                case 0x93:
                    cycles += 6; bus = Byte(code); ea = (ReadPointer(bus, bus, cycles) + y) & 0xFFFF; pc += 2;
                    m = a & x & ((ea >> 8) + 1); goto Store;
                case 0x9F:
                    cycles += 5; ea = (Word(code) + y) & 0xFFFF; pc += 3; m = a & x & ((ea >> 8) + 1); goto Store;

                // SHS
                case 0x9B:
                    cycles += 5; ea = (Word(code) + y) & 0xFFFF; pc += 3; s = a & x; m = s & ((ea >> 8) + 1);
                    goto Store;

                // SHX
                case 0x9E: cycles += 5; ea = (Word(code) + y) & 0xFFFF; pc += 3; m = x & ((ea >> 8) + 1); goto Store;

                // SHY
                case 0x9C: cycles += 5; ea = (Word(code) + x) & 0xFFFF; pc += 3; m = y & ((ea >> 8) + 1); goto Store;

                // TAX
                case 0xAA: cycles += 2; pc += 1; n = z = x = a; continue;

                // TAY
                case 0xA8: cycles += 2; pc += 1; n = z = y = a; continue;

                // TXA
                case 0x8A: cycles += 2; pc += 1; n = z = a = x; continue;

                // TYA
                case 0x98: cycles += 2; pc += 1; n = z = a = y; continue;

                // TSX
                case 0xBA: cycles += 2; pc += 1; n = z = x = s; continue;

                // TXS
                case 0x9A: cycles += 2; pc += 1; s = x; continue;

                // PHA
                case 0x48: cycles += 3; pc += 1; m = a; goto Push;

                // PHP
                case 0x08: cycles += 3; pc += 1; m = Status(n, z, c, v); goto Push;

                // PLA
                case 0x68: cycles += 4; goto Pla;

                // PLP
                case 0x28: cycles += 4; goto Plp;

                // ADC
                case 0x61:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Adc;
                case 0x65: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Adc;
                case 0x69: cycles += 2; m = bus = Byte(code); pc += 2; goto Adc;
                case 0x6D: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Adc;
                case 0x71:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto Adc;
                case 0x75:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Adc;
                case 0x79:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Adc;
                case 0x7D:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Adc;

                // SBC
                case 0xE1:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Sbc;
                case 0xE5: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Sbc;
                case 0xE9:
                case 0xEB: cycles += 2; m = bus = Byte(code); pc += 2; goto Sbc;
                case 0xED: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Sbc;
                case 0xF1:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto Sbc;
                case 0xF5:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Sbc;
                case 0xF9:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Sbc;
                case 0xFD:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Sbc;

                // AND
                case 0x21:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto And;
                case 0x25: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto And;
                case 0x29: cycles += 2; m = bus = Byte(code); pc += 2; goto And;
                case 0x2D: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto And;
                case 0x31:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto And;
                case 0x35:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto And;
                case 0x39:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto And;
                case 0x3D:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto And;

                // ORA
                case 0x01:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Ora;
                case 0x05: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Ora;
                case 0x09: cycles += 2; m = bus = Byte(code); pc += 2; goto Ora;
                case 0x0D: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Ora;
                case 0x11:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto Ora;
                case 0x15:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Ora;
                case 0x19:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Ora;
                case 0x1D:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Ora;

                // EOR
                case 0x41:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Eor;
                case 0x45: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Eor;
                case 0x49: cycles += 2; m = bus = Byte(code); pc += 2; goto Eor;
                case 0x4D: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Eor;
                case 0x51:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto Eor;
                case 0x55:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Eor;
                case 0x59:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Eor;
                case 0x5D:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Eor;

                // BIT
                case 0x24: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Bit;
                case 0x2C: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Bit;

                // CMP
                case 0xC1:
                    cycles += 6; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Cmp;
                case 0xC5: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Cmp;
                case 0xC9: cycles += 2; m = bus = Byte(code); pc += 2; goto Cmp;
                case 0xCD: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Cmp;
                case 0xD1:
                    cycles += 5; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; cycles += Crossed(ea, bus); m = bus = ReadMemory(ea, bus >> 8, cycles); goto Cmp;
                case 0xD5:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Cmp;
                case 0xD9:
                    cycles += 4; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Cmp;
                case 0xDD:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); goto Cmp;

                // CPX
                case 0xE0: cycles += 2; m = bus = Byte(code); pc += 2; goto Cpx;
                case 0xE4: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Cpx;
                case 0xEC: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Cpx;

                // CPY
                case 0xC0: cycles += 2; m = bus = Byte(code); pc += 2; goto Cpy;
                case 0xC4: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Cpy;
                case 0xCC: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Cpy;

                // INX
                case 0xE8: cycles += 2; pc += 1; n = z = x = (x + 1) & 0xFF; continue;

                // INY
                case 0xC8: cycles += 2; pc += 1; n = z = y = (y + 1) & 0xFF; continue;

                // DEX
                case 0xCA: cycles += 2; pc += 1; n = z = x = (x - 1) & 0xFF; continue;

                // DEY
                case 0x88: cycles += 2; pc += 1; n = z = y = (y - 1) & 0xFF; continue;

                // INC
                case 0xE6:
                    cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles);
                    n = z = m = (m + 1) & 0xFF; goto Store;
                case 0xEE:
                    cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles);
                    n = z = m = (m + 1) & 0xFF; goto Store;
                case 0xF6:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); n = z = m = (m + 1) & 0xFF; goto Store;
                case 0xFE:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); n = z = m = (m + 1) & 0xFF; goto Store;

                // DEC
                case 0xC6:
                    cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles);
                    n = z = m = (m - 1) & 0xFF; goto Store;
                case 0xCE:
                    cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles);
                    n = z = m = (m - 1) & 0xFF; goto Store;
                case 0xD6:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); n = z = m = (m - 1) & 0xFF; goto Store;
                case 0xDE:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); n = z = m = (m - 1) & 0xFF; goto Store;

                // ASL
                case 0x06: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Asl;
                case 0x0A: cycles += 2; pc += 1; c = a >> 7; n = z = a = (a << 1) & 0xFF; continue;
                case 0x0E: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Asl;
                case 0x16:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Asl;
                case 0x1E:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Asl;

                // LSR
                case 0x46: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Lsr;
                case 0x4A: cycles += 2; pc += 1; c = a & 1; n = z = a >>= 1; continue;
                case 0x4E: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Lsr;
                case 0x56:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Lsr;
                case 0x5E:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Lsr;

                // ROL
                case 0x26: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Rol;
                case 0x2A: cycles += 2; pc += 1; m = (a << 1) | c; c = m >> 8; n = z = a = m & 0xFF; continue;
                case 0x2E: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Rol;
                case 0x36:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Rol;
                case 0x3E:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Rol;

                // ROR
                case 0x66: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Ror;
                case 0x6A: cycles += 2; pc += 1; m = (a >> 1) | (c << 7); c = a & 1; n = z = a = m; continue;
                case 0x6E: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Ror;
                case 0x76:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Ror;
                case 0x7E:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Ror;

                // BPL
                case 0x10: cycles += 2; m = bus = Byte(code); pc += 2; if ((n & 0x80) == 0) { goto Branch; } continue;

                // BMI
                case 0x30: cycles += 2; m = bus = Byte(code); pc += 2; if ((n & 0x80) != 0) { goto Branch; } continue;

                // BVC
                case 0x50: cycles += 2; m = bus = Byte(code); pc += 2; if (v == 0) { goto Branch; } continue;

                // BVS
                case 0x70: cycles += 2; m = bus = Byte(code); pc += 2; if (v != 0) { goto Branch; } continue;

                // BCC
                case 0x90: cycles += 2; m = bus = Byte(code); pc += 2; if (c == 0) { goto Branch; } continue;

                // BCS
                case 0xB0: cycles += 2; m = bus = Byte(code); pc += 2; if (c != 0) { goto Branch; } continue;

                // BNE
                case 0xD0: cycles += 2; m = bus = Byte(code); pc += 2; if (z != 0) { goto Branch; } continue;

                // BEQ
                case 0xF0: cycles += 2; m = bus = Byte(code); pc += 2; if (z == 0) { goto Branch; } continue;

                // JMP
                case 0x4C: cycles += 3; pc = Word(code); bus = pc >> 8; goto Arrive;
                case 0x6C: cycles += 5; goto JumpIndirect;

                // JSR
                case 0x20: cycles += 6; goto Jsr;

                // RTS
                case 0x60: cycles += 6; goto Rts;

                // RTI
                case 0x40: cycles += 6; goto Rti;

                // BRK
                case 0x00: cycles += 7; m = Status(n, z, c, v); goto Brk;

                // CLC
                case 0x18: cycles += 2; pc += 1; c = 0; continue;

                // SEC
                case 0x38: cycles += 2; pc += 1; c = 1; continue;

                // CLV
                case 0xB8: cycles += 2; pc += 1; v = 0; continue;

                // CLD
                case 0xD8: cycles += 2; pc += 1; _state->D = 0; continue;

                // SED
                case 0xF8: cycles += 2; pc += 1; _state->D = 1; continue;

                // CLI
                case 0x58: cycles += 2; pc += 1; _state->I = 0; continue;

                // SEI
                case 0x78: cycles += 2; pc += 1; _state->I = 1; continue;

                // NOP
                case 0x04:
                case 0x44:
                case 0x64: cycles += 3; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); continue;
                case 0x0C: cycles += 4; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); continue;
                case 0x14:
                case 0x34:
                case 0x54:
                case 0x74:
                case 0xD4:
                case 0xF4:
                    cycles += 4; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); continue;
                case 0x1A:
                case 0x3A:
                case 0x5A:
                case 0x7A:
                case 0xDA:
                case 0xEA:
                case 0xFA: cycles += 2; pc += 1; continue;
                case 0x1C:
                case 0x3C:
                case 0x5C:
                case 0x7C:
                case 0xDC:
                case 0xFC:
                    cycles += 4; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3; cycles += Crossed(ea, bus);
                    m = bus = ReadMemory(ea, bus >> 8, cycles); continue;
                case 0x80:
                case 0x82:
                case 0x89:
                case 0xC2:
                case 0xE2: cycles += 2; m = bus = Byte(code); pc += 2; continue;

                // ANC
                case 0x0B:
                case 0x2B: cycles += 2; m = bus = Byte(code); pc += 2; n = z = a &= m; c = n >> 7; continue;

                // ANE
                case 0x8B: cycles += 2; m = bus = Byte(code); pc += 2; n = z = a = (a | 0xEE) & x & m; continue;

                // ARR
                case 0x6B: cycles += 2; m = bus = Byte(code); pc += 2; goto Arr;

                // ASR
                case 0x4B: cycles += 2; m = bus = Byte(code); pc += 2; a &= m; c = a & 1; n = z = a >>= 1; continue;

                // LXA
                case 0xAB: cycles += 2; m = bus = Byte(code); pc += 2; n = z = a = x = (a | 0xEE) & m; continue;

                // SBX
                case 0xCB:
                    cycles += 2; m = bus = Byte(code); pc += 2; x = (a & x) - m; c = x >= 0 ? 1 : 0; n = z = x &= 0xFF;
                    continue;

                // SLO
                case 0x03:
                    cycles += 8; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Slo;
                case 0x07: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Slo;
                case 0x0F: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Slo;
                case 0x13:
                    cycles += 8; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; m = ReadMemory(ea, bus >> 8, cycles); goto Slo;
                case 0x17:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Slo;
                case 0x1B:
                    cycles += 7; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Slo;
                case 0x1F:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Slo;

                // RLA
                case 0x23:
                    cycles += 8; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Rla;
                case 0x27: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Rla;
                case 0x2F: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Rla;
                case 0x33:
                    cycles += 8; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; m = ReadMemory(ea, bus >> 8, cycles); goto Rla;
                case 0x37:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Rla;
                case 0x3B:
                    cycles += 7; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Rla;
                case 0x3F:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Rla;

                // SRE
                case 0x43:
                    cycles += 8; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Sre;
                case 0x47: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Sre;
                case 0x4F: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Sre;
                case 0x53:
                    cycles += 8; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; m = ReadMemory(ea, bus >> 8, cycles); goto Sre;
                case 0x57:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Sre;
                case 0x5B:
                    cycles += 7; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Sre;
                case 0x5F:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Sre;

                // RRA
                case 0x63:
                    cycles += 8; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Rra;
                case 0x67: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Rra;
                case 0x6F: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Rra;
                case 0x73:
                    cycles += 8; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; m = ReadMemory(ea, bus >> 8, cycles); goto Rra;
                case 0x77:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Rra;
                case 0x7B:
                    cycles += 7; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Rra;
                case 0x7F:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Rra;

                // DCP
                case 0xC3:
                    cycles += 8; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Dcp;
                case 0xC7: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Dcp;
                case 0xCF: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Dcp;
                case 0xD3:
                    cycles += 8; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; m = ReadMemory(ea, bus >> 8, cycles); goto Dcp;
                case 0xD7:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Dcp;
                case 0xDB:
                    cycles += 7; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Dcp;
                case 0xDF:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Dcp;

                // ISB
                case 0xE3:
                    cycles += 8; bus = Byte(code); ea = ReadPointer((bus + x) & 0xFF, bus, cycles); pc += 2;
                    m = bus = ReadMemory(ea, ea >> 8, cycles); goto Isb;
                case 0xE7: cycles += 5; ea = Byte(code); pc += 2; m = bus = ReadZeroPage(ea, ea, cycles); goto Isb;
                case 0xEF: cycles += 6; ea = Word(code); pc += 3; m = bus = ReadMemory(ea, ea >> 8, cycles); goto Isb;
                case 0xF3:
                    cycles += 8; bus = Byte(code); bus = ReadPointer(bus, bus, cycles); ea = (bus + y) & 0xFFFF;
                    pc += 2; m = ReadMemory(ea, bus >> 8, cycles); goto Isb;
                case 0xF7:
                    cycles += 6; bus = Byte(code); ea = (bus + x) & 0xFF; pc += 2;
                    m = bus = ReadZeroPage(ea, bus, cycles); goto Isb;
                case 0xFB:
                    cycles += 7; bus = Word(code); ea = (bus + y) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Isb;
                case 0xFF:
                    cycles += 7; bus = Word(code); ea = (bus + x) & 0xFFFF; pc += 3;
                    m = ReadMemory(ea, bus >> 8, cycles); goto Isb;

                default: // KIL
                    cycles += 2;
                    pc += 1;
                    _state->Halted = 1;
                    left = 0;
                    continue;
            }

        LoadA:
            n = z = a = m;
            continue;

        LoadX:
            n = z = x = m;
            continue;

        LoadY:
            n = z = y = m;
            continue;

        Lax:
            n = z = a = x = m;
            continue;

        And:
            n = z = a &= m;
            continue;

        Ora:
            n = z = a |= m;
            continue;

        Eor:
            n = z = a ^= m;
            continue;

        Bit:
            n = m;
            v = m & 0x40;
            z = a & m;
            continue;

        Cmp:
            m = a - m;
            c = m >= 0 ? 1 : 0;
            n = z = m & 0xFF;
            continue;

        Cpx:
            m = x - m;
            c = m >= 0 ? 1 : 0;
            n = z = m & 0xFF;
            continue;

        Cpy:
            m = y - m;
            c = m >= 0 ? 1 : 0;
            n = z = m & 0xFF;
            continue;

        Adc:
            if (_state->D != 0)
            {
                (a, c, v) = Decimal.Add(a, m, c);
                n = z = a;
                continue;
            }

            ea = a + m + c;
            v = ~(a ^ m) & (a ^ ea) & 0x80;
            c = ea >> 8;
            n = z = a = ea & 0xFF;
            continue;

        Sbc:
            if (_state->D != 0)
            {
                (a, c, v) = Decimal.Subtract(a, m, c);
                n = z = a;
                continue;
            }

            ea = a + (m ^ 0xFF) + c;
            v = (a ^ m) & (a ^ ea) & 0x80;
            c = ea >> 8;
            n = z = a = ea & 0xFF;
            continue;

        Arr:
            if (_state->D != 0)
            {
                (a, n, z, c, v) = Decimal.AndRotate(a & m, c);
                continue;
            }

            n = z = a = ((a & m) >> 1) | (c << 7);
            c = (a >> 6) & 1;
            v = (a ^ (a << 1)) & 0x40;
            continue;

        Asl:
            c = m >> 7;
            n = z = m = (m << 1) & 0xFF;
            goto Store;

        Lsr:
            c = m & 1;
            n = z = m >>= 1;
            goto Store;

        Rol:
            m = (m << 1) | c;
            c = m >> 8;
            n = z = m &= 0xFF;
            goto Store;

        Ror:
            m |= c << 8;
            c = m & 1;
            n = z = m >>= 1;
            goto Store;

        Slo:
            c = m >> 7;
            m = (m << 1) & 0xFF;
            n = z = a |= m;
            goto Store;

        Rla:
            m = (m << 1) | c;
            c = m >> 8;
            m &= 0xFF;
            n = z = a &= m;
            goto Store;

        Sre:
            c = m & 1;
            m >>= 1;
            n = z = a ^= m;
            goto Store;

        Rra:
            // The write comes before the addition, which uses the carry of the rotation.
            m |= c << 8;
            c = m & 1;
            m >>= 1;
            cycles = Write(ea, m, cycles);
            bus = m;
            if (_frame->Ended != 0)
            {
                left = 0;
            }

            goto Adc;

        Dcp:
            m = (m - 1) & 0xFF;
            c = a >= m ? 1 : 0;
            n = z = (a - m) & 0xFF;
            goto Store;

        Isb:
            m = (m + 1) & 0xFF;
            cycles = Write(ea, m, cycles);
            bus = m;
            if (_frame->Ended != 0)
            {
                left = 0;
            }

            goto Sbc;

        Branch:
            ea = (pc + (sbyte)m) & 0xFFFF;
            var taken = ((pc ^ ea) & 0xFF00) != 0 ? 2 : 1;
            if (m >= 0xFB && (uint)(ea & AddressMask) - _codeRun->First < _codeRun->Length)
            {
                // A short way back: the processor may be waiting. What the rounds of such a loop do is known, so all
                // but the last are done at once.
                var start = memory + _codeRun->Offset + ((ea & AddressMask) - _codeRun->First);
                int rounds;
                if (m == 0xFD)
                {
                    if (*start == IdleLoop.DexOpcode && (rounds = IdleLoop.CountDown((byte)code, x, left)) > 0)
                    {
                        n = z = x -= rounds;
                        left -= 2 * rounds;
                        cycles += rounds * (IdleLoop.CountDownCycles + taken);
                    }
                    else if (*start == IdleLoop.DeyOpcode && (rounds = IdleLoop.CountDown((byte)code, y, left)) > 0)
                    {
                        n = z = y -= rounds;
                        left -= 2 * rounds;
                        cycles += rounds * (IdleLoop.CountDownCycles + taken);
                    }
                }
                else if (m == 0xFB)
                {
                    int load = *start;
                    var address = start[1] | (start[2] << 8);
                    rounds = IdleLoop.Poll(_riot, load, address, (byte)code, cycles, taken, left);
                    if (rounds > 0)
                    {
                        left -= 2 * rounds;
                        cycles += rounds * (IdleLoop.PollCycles + taken);
                        switch (load)
                        {
                            case IdleLoop.LdaOpcode:
                                n = z = a = _riot.PeekTimer(cycles - 2);
                                break;
                            case IdleLoop.LdxOpcode:
                                n = z = x = _riot.PeekTimer(cycles - 2);
                                break;
                            case IdleLoop.LdyOpcode:
                                n = z = y = _riot.PeekTimer(cycles - 2);
                                break;
                        }
                    }
                }
            }

            cycles += taken;
            pc = ea;
            if (m >= 0x80)
            {
                goto Arrive;
            }

            continue;

        JumpIndirect:
            // The pointer's high byte comes from the same page.
            ea = Word(code);
            m = ReadMemory(ea, ea >> 8, cycles);
            bus = ReadMemory((ea & 0xFF00) | ((ea + 1) & 0xFF), m, cycles);
            pc = m | (bus << 8);
            goto Arrive;

        Jsr:
            // The address of the instruction's last byte is pushed; that byte is fetched after.
            m = Byte(code);
            pc += 2;
            bus = ReadMemory(StackPage + s, m, cycles);
            bus = (pc >> 8) & 0xFF;
            cycles = Write(StackPage + s, bus, cycles);
            s = (s - 1) & 0xFF;
            bus = pc & 0xFF;
            cycles = WriteAgain(StackPage + s, bus, cycles);
            s = (s - 1) & 0xFF;
            bus = ReadMemory(pc, bus, cycles);
            pc = m | (bus << 8);
            if (_frame->Ended != 0)
            {
                break;
            }

            goto Arrive;

        Brk:
            pc += 2;
            _state->I = 1;
            bus = (pc >> 8) & 0xFF;
            cycles = Write(StackPage + s, bus, cycles);
            s = (s - 1) & 0xFF;
            bus = pc & 0xFF;
            cycles = WriteAgain(StackPage + s, bus, cycles);
            s = (s - 1) & 0xFF;
            bus = m;
            cycles = WriteAgain(StackPage + s, bus, cycles);
            s = (s - 1) & 0xFF;
            m = ReadMemory(BreakVector, bus, cycles);
            bus = ReadMemory(BreakVector + 1, m, cycles);
            pc = m | (bus << 8);
            goto AfterPush;

        Rts:
            bus = ReadMemory(StackPage + s, bus, cycles);
            s = (s + 1) & 0xFF;
            m = ReadMemory(StackPage + s, bus, cycles);
            s = (s + 1) & 0xFF;
            bus = ReadMemory(StackPage + s, m, cycles);
            pc = m | (bus << 8);
            bus = ReadMemory(pc, bus, cycles);
            pc += 1;
            goto Arrive;

        Rti:
            bus = ReadMemory(StackPage + s, bus, cycles);
            s = (s + 1) & 0xFF;
            m = ReadMemory(StackPage + s, bus, cycles);
            (n, z, c, v) = SetStatus(m);
            s = (s + 1) & 0xFF;
            m = ReadMemory(StackPage + s, m, cycles);
            s = (s + 1) & 0xFF;
            bus = ReadMemory(StackPage + s, m, cycles);
            pc = m | (bus << 8);
            continue;

        Pla:
            pc += 1;
            bus = ReadMemory(StackPage + s, bus, cycles);
            s = (s + 1) & 0xFF;
            n = z = a = bus = ReadMemory(StackPage + s, bus, cycles);
            continue;

        Plp:
            pc += 1;
            bus = ReadMemory(StackPage + s, bus, cycles);
            s = (s + 1) & 0xFF;
            bus = ReadMemory(StackPage + s, bus, cycles);
            (n, z, c, v) = SetStatus(bus);
            continue;

        Push:
            ea = StackPage + s;
            s = (s - 1) & 0xFF;
            goto Store;

        StoreZeroPage:
            if (ea >= RamStart)
            {
                _zeroPage[ea] = (byte)m;
                bus = m;
                continue;
            }

            bus = m;
            if (_isTiaSnooped)
            {
                cycles = _bus.Write(ea, (byte)m, cycles, afterRead: true);
            }
            else if ((ea & 0x3F) == (int)WriteRegister.WSYNC)
            {
                cycles = _tia.WaitForSync(cycles);
            }
            else
            {
                _tia.Write(ea & 0x3F, (byte)m, cycles);
            }

            goto AfterPush;

        Store:
            bus = m;
            cycles = Write(ea, m, cycles);

        AfterPush:
            if (_frame->Ended != 0)
            {
                break;
            }

            continue;

        Arrive:
            if (_program is not null && _program.Find(_state, _codeRun, _romOffset, pc & 0xFFFF, left) is not null)
            {
                break;
            }
        }

        _state->A = a;
        _state->X = x;
        _state->Y = y;
        _state->S = s;
        _state->PC = pc & 0xFFFF;
        _state->N = n;
        _state->Z = z;
        _state->C = c;
        _state->V = v;
        _state->DataBus = bus;
        _state->Cycles = cycles;
        return left;
    }

    /// <summary>The translated code of a place at which the program has arrived, if there is some.</summary>
    private TranslatedRegion? FindTranslated(int pc, int left)
    {
        // Registers from outside may be anything, and translated code addresses memory with them.
        return _program is not null && ((_state->A | _state->X | _state->Y | _state->S) & ~0xFF) == 0
            && (_state->C & ~1) == 0
            ? _program.Find(_state, _codeRun, _romOffset, pc & 0xFFFF, left)
            : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Byte(uint code) => (int)(code >> 8) & 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Word(uint code) => (int)(code >> 8) & 0xFFFF;

    /// <summary>1 where an index of at most 255 took the address to the next page, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Crossed(int address, int start) => ((address ^ start) >> 8) & 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadZeroPage(int address, int dataBus, int cycles) =>
        address >= RamStart ? _zeroPage[address] : _bus.ReadDevice(address, dataBus, cycles);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadMemory(int address, int dataBus, int cycles)
    {
        var page = _readPages[(address >> BusState.PageShift) & (BusState.PageCount - 1)];
        return page != BusState.Device
            ? _memory[page + (address & BusState.PageMask)]
            : _bus.ReadDevice(address, dataBus, cycles);
    }

    /// <summary>
    /// The 16-bit pointer in page zero. ALE: the high byte of a pointer at $FF comes from $0100, which is the TIA.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadPointer(int address, int dataBus, int cycles)
    {
        if (address is >= RamStart and < 0xFF)
        {
            return _zeroPage[address] | (_zeroPage[address + 1] << 8);
        }

        var low = ReadMemory(address, dataBus, cycles);
        return low | (ReadMemory(address + 1, low, cycles) << 8);
    }

    private int Write(int address, int value, int cycles) => _bus.Write(address, (byte)value, cycles, afterRead: true);

    /// <summary>A write right after another one: WSYNC does not stop the processor then.</summary>
    private int WriteAgain(int address, int value, int cycles) =>
        _bus.Write(address, (byte)value, cycles, afterRead: false);

    /// <summary>Fetches an instruction from outside the run of code, which is laid around it if it can be.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Fetch(int pc, int dataBus, int cycles)
    {
        var page = _codePages[(pc >> BusState.PageShift) & (BusState.PageCount - 1)];
        if (page == BusState.Device)
        {
            return FetchSlowly(pc, dataBus, cycles);
        }

        CodeRun.FindAround(pc & AddressMask, _codePages, _codeRun);
        return *(uint*)(_memory + page + (pc & BusState.PageMask));
    }

    /// <summary>
    /// Fetches an instruction byte by byte, as code near a chip or a bank switch must be: the opcode before its cycles
    /// are counted, its operand bytes after.
    /// </summary>
    private uint FetchSlowly(int pc, int dataBus, int cycles)
    {
        var opcode = ReadMemory(pc & 0xFFFF, dataBus, cycles);
        var code = (uint)opcode;
        var last = opcode;
        ref readonly var entry = ref OpcodeTable.Get(opcode);
        cycles += entry.Cycles;
        var length = entry.FetchLength;
        for (var i = 1; i < length; i++)
        {
            last = ReadMemory((pc + i) & 0xFFFF, last, cycles);
            code |= (uint)last << (8 * i);
        }

        return code;
    }

    /// <summary>The status register as it is pushed; ALE: bits 4 and 5 are always set.</summary>
    private int Status(int n, int z, int c, int v) =>
        (n & 0x80) | (v != 0 ? 0x40 : 0) | 0x30 | (_state->D << 3) | (_state->I << 2) | (z == 0 ? 0x02 : 0) | c;

    private (int N, int Z, int C, int V) SetStatus(int status)
    {
        _state->D = (status >> 3) & 1;
        _state->I = (status >> 2) & 1;
        return (status, ~status & 0x02, status & 1, status & 0x40);
    }
}
