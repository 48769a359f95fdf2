using System.Reflection.Emit;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Translates the instructions of a region. Cycles and instructions are counted while translating, and added up at run
/// time only where paths part or meet; a chip is told the cycle of each access exactly. What cannot be done at run time
/// is left to the interpreter, before anything of the instruction has happened.
/// </summary>
internal sealed class RegionTranslator
{
    private const int AddressMask = 0x1FFF;
    private const int RamStart = 0x80;
    private const int PageZeroEnd = 0xFF;

    private readonly RegionScan _scan;
    private readonly CodeRun _run;
    private readonly int _baseAddress;
    private readonly CodeWriter _writer;
    private readonly Dictionary<int, Label> _labels = [];
    private readonly List<Exit> _exits = [];
    private readonly Label _dispatch;
    private readonly Label _leave;
    private readonly Label _bail;

    /// <summary>Cycles of the instructions since the local was last brought up to date.</summary>
    private int _cycles;

    /// <summary>Instructions finished since the number left was last brought up to date.</summary>
    private int _count;

    /// <summary>What is on the data bus, if it is known; else it is in the local.</summary>
    private int? _dataBus;

    private RegionTranslator(RegionScan scan, CodeRun run, int baseAddress)
    {
        _scan = scan;
        _run = run;
        _baseAddress = baseAddress;
        _writer = new CodeWriter($"Code{baseAddress:X4}");
        (_dispatch, _leave, _bail) = (_writer.NewLabel(), _writer.NewLabel(), _writer.NewLabel());
        foreach (Instruction instruction in scan.Instructions)
        {
            if (scan.IsLeader(instruction.Address))
            {
                _labels.Add(instruction.Address, _writer.NewLabel());
            }
        }
    }

    /// <summary>Translates a region of the run of code that starts at a 16-bit address.</summary>
    public static TranslatedRegion Translate(RegionScan scan, CodeRun run, int baseAddress) =>
        new RegionTranslator(scan, run, baseAddress).Translate();

    private TranslatedRegion Translate()
    {
        _writer.LoadRegisters();
        ushort[] entries = WriteDispatch();
        Instruction last = default;
        foreach (Instruction instruction in _scan.Instructions)
        {
            if (last.Address != 0 && !last.EndsPath && (_labels.ContainsKey(instruction.Address) || last.Next != instruction.Address))
            {
                Join(last.Next, instruction.Address);
            }

            if (_labels.TryGetValue(instruction.Address, out Label label))
            {
                _writer.Mark(label);
                (_cycles, _count, _dataBus) = (0, 0, null);
            }

            Write(instruction);
            last = instruction;
        }

        if (!last.EndsPath)
        {
            GoTo(last.Next, last.Address);
        }

        WriteExits();
        return new TranslatedRegion(_writer.Finish(entries), _baseAddress, _run, _scan.Instructions.Count, [.. _scan.Entries]);
    }

    /// <summary>Where the method starts and returns arrive: jumps to the entry at the program counter.</summary>
    private ushort[] WriteDispatch()
    {
        var numbers = new ushort[_run.Length];
        var targets = new List<Label> { _leave };
        foreach (int address in _scan.Entries)
        {
            numbers[address - _baseAddress] = (ushort)targets.Count;
            targets.Add(_labels[address]);
        }

        _writer.Mark(_dispatch);
        _writer.LoadLeft();
        _writer.Constant(_scan.Instructions.Count);
        _writer.Emit(OpCodes.Blt, _bail);
        _writer.Load(_writer.PC);
        _writer.Emit(OpCodes.Sub, _baseAddress);
        _writer.Store(_writer.Scratch);
        _writer.Load(_writer.Scratch);
        _writer.Constant(numbers.Length);
        _writer.Emit(OpCodes.Bge_Un, _leave);
        _writer.LoadEntries();
        _writer.Load(_writer.Scratch);
        _writer.Emit(OpCodes.Ldelem_U2);
        _writer.Il.Emit(OpCodes.Switch, targets.ToArray());
        _writer.Emit(OpCodes.Br, _leave);
        return numbers;
    }

    private void WriteExits()
    {
        foreach (Exit exit in _exits)
        {
            _writer.Mark(exit.Label);
            _writer.Add(_writer.Cycles, exit.Cycles);
            _writer.Count(exit.Count);
            if (exit.DataBus is int value)
            {
                _writer.Set(_writer.DataBus, value);
            }

            _writer.Set(_writer.PC, exit.Address);
            _writer.Emit(OpCodes.Br, exit.Bails ? _bail : _leave);
        }

        _writer.Mark(_leave);
        _writer.StoreRegisters();
        _writer.LoadLeft();
        _writer.Emit(OpCodes.Ret);
        _writer.Mark(_bail);
        _writer.StoreRegisters();
        _writer.LoadLeft();
        _writer.Emit(OpCodes.Not);
        _writer.Emit(OpCodes.Ret);
    }

    /// <summary>An exit, to be written after the code, from the current point to an address.</summary>
    private Label ExitTo(int address, bool bails)
    {
        var exit = new Exit(_writer.NewLabel(), address, _cycles, _count, _dataBus, bails);
        _exits.Add(exit);
        return exit.Label;
    }

    /// <summary>Brings the locals up to date.</summary>
    private void Settle()
    {
        SettleCycles();
        _writer.Count(_count);
        _count = 0;
        if (_dataBus is int value)
        {
            _writer.Set(_writer.DataBus, value);
            _dataBus = null;
        }
    }

    private void SettleCycles()
    {
        _writer.Add(_writer.Cycles, _cycles);
        _cycles = 0;
    }

    /// <summary>Falls into the next instruction, which others reach too or which is not the next in order.</summary>
    private void Join(int next, int following)
    {
        if (next != following)
        {
            GoTo(next, next);
            return;
        }

        Settle();
    }

    /// <summary>Goes on at an address; a way back looks at the instruction limit.</summary>
    private void GoTo(int target, int source)
    {
        if (!_labels.TryGetValue(target, out Label label))
        {
            _writer.Emit(OpCodes.Br, ExitTo(target, bails: false));
            return;
        }

        Settle();
        if (target <= source)
        {
            _writer.LoadLeft();
            _writer.Constant(_scan.Instructions.Count);
            _writer.Emit(OpCodes.Blt, ExitTo(target, bails: true));
        }

        _writer.Emit(OpCodes.Br, label);
    }

    private void Write(Instruction instruction)
    {
        switch (instruction.Operation)
        {
            case Operation.Branch:
                WriteBranch(instruction);
                break;
            case Operation.Jmp:
                _cycles += instruction.Cycles;
                _count++;
                _dataBus = instruction.Operand >> 8;
                GoTo(instruction.Target, instruction.Address);
                break;
            case Operation.Jsr:
                WriteCall(instruction);
                break;
            case Operation.Rts:
                WriteReturn(instruction);
                break;
            case Operation.Sta or Operation.Stx or Operation.Sty or Operation.Sax:
                WriteStore(instruction);
                break;
            case Operation.Pha or Operation.Pla:
                WriteStack(instruction);
                break;
            case Operation.Inc or Operation.Dec or Operation.Dcp:
            case Operation.Asl or Operation.Lsr or Operation.Rol or Operation.Ror when instruction.Mode != AddressMode.Implied:
                WriteChange(instruction);
                break;
            default:
                WriteSimple(instruction);
                break;
        }
    }

    private void WriteSimple(Instruction instruction)
    {
        int cycles = instruction.Cycles;
        bool general = false;
        if (instruction.Mode == AddressMode.Implied)
        {
            _cycles += cycles;
            _dataBus = instruction.Opcode;
        }
        else
        {
            general = ReadOperand(instruction);
        }

        _count++;
        WriteOperation(instruction.Operation);
        if (general)
        {
            _writer.BranchIfRemapped(ExitTo(instruction.Next, bails: false));
        }
    }

    private void WriteOperation(Operation operation)
    {
        CodeWriter w = _writer;
        switch (operation)
        {
            case Operation.Lda:
                LoadRegister(w.A, w.Value);
                break;
            case Operation.Ldx:
                LoadRegister(w.X, w.Value);
                break;
            case Operation.Ldy:
                LoadRegister(w.Y, w.Value);
                break;
            case Operation.Lax:
                w.Move(w.X, w.Value);
                LoadRegister(w.A, w.Value);
                break;
            case Operation.Tax:
                LoadRegister(w.X, w.A);
                break;
            case Operation.Tay:
                LoadRegister(w.Y, w.A);
                break;
            case Operation.Txa:
                LoadRegister(w.A, w.X);
                break;
            case Operation.Tya:
                LoadRegister(w.A, w.Y);
                break;
            case Operation.Tsx:
                LoadRegister(w.X, w.S);
                break;
            case Operation.Txs:
                w.Move(w.S, w.X);
                break;
            case Operation.Inx:
                Step(w.X, 1);
                break;
            case Operation.Iny:
                Step(w.Y, 1);
                break;
            case Operation.Dex:
                Step(w.X, -1);
                break;
            case Operation.Dey:
                Step(w.Y, -1);
                break;
            case Operation.And:
                Combine(OpCodes.And);
                break;
            case Operation.Ora:
                Combine(OpCodes.Or);
                break;
            case Operation.Eor:
                Combine(OpCodes.Xor);
                break;
            case Operation.Bit:
                w.Move(w.N, w.Value);
                w.Load(w.Value);
                w.Emit(OpCodes.And, 0x40);
                w.Store(w.V);
                w.Load(w.A);
                w.Load(w.Value);
                w.Emit(OpCodes.And);
                w.Store(w.Z);
                break;
            case Operation.Cmp:
                Compare(w.A);
                break;
            case Operation.Cpx:
                Compare(w.X);
                break;
            case Operation.Cpy:
                Compare(w.Y);
                break;
            case Operation.Adc:
                AddToA(subtract: false);
                break;
            case Operation.Sbc:
                AddToA(subtract: true);
                break;
            case Operation.Asl or Operation.Lsr or Operation.Rol or Operation.Ror:
                w.Move(w.Value, w.A);
                Shift(operation);
                w.Move(w.A, w.Value);
                break;
            case Operation.Clc:
                w.Set(w.C, 0);
                break;
            case Operation.Sec:
                w.Set(w.C, 1);
                break;
            case Operation.Clv:
                w.Set(w.V, 0);
                break;
            case Operation.Cli:
                w.SetState(nameof(CpuState.I), 0);
                break;
            case Operation.Sei:
                w.SetState(nameof(CpuState.I), 1);
                break;
            default: // NOP; and CLD, as translated code never runs in decimal mode
                break;
        }
    }

    private void LoadRegister(LocalBuilder register, LocalBuilder source)
    {
        _writer.Move(register, source);
        _writer.SetNZ(register);
    }

    private void Step(LocalBuilder register, int amount)
    {
        _writer.Load(register);
        _writer.Emit(OpCodes.Add, amount);
        _writer.Emit(OpCodes.And, 0xFF);
        _writer.Store(register);
        _writer.SetNZ(register);
    }

    private void Combine(OpCode opcode)
    {
        _writer.Load(_writer.A);
        _writer.Load(_writer.Value);
        _writer.Emit(opcode);
        _writer.Store(_writer.A);
        _writer.SetNZ(_writer.A);
    }

    /// <summary>Flags of a register minus the value.</summary>
    private void Compare(LocalBuilder register)
    {
        CodeWriter w = _writer;
        w.Load(register);
        w.Load(w.Value);
        w.Emit(OpCodes.Sub);
        w.Store(w.Scratch);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Not);
        w.Emit(OpCodes.Shr_Un, 31);
        w.Store(w.C);
        w.Load(w.Scratch);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.Z);
        w.Move(w.N, w.Z);
    }

    private void AddToA(bool subtract)
    {
        CodeWriter w = _writer;
        if (subtract)
        {
            w.Load(w.Value);
            w.Emit(OpCodes.Xor, 0xFF);
            w.Store(w.Value);
        }

        w.Load(w.A);
        w.Load(w.Value);
        w.Emit(OpCodes.Add);
        w.Load(w.C);
        w.Emit(OpCodes.Add);
        w.Store(w.Scratch);

        // Overflow: the operands' signs agree and the result's differs.
        w.Load(w.A);
        w.Load(w.Value);
        w.Emit(OpCodes.Xor);
        w.Emit(OpCodes.Not);
        w.Load(w.A);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Xor);
        w.Emit(OpCodes.And);
        w.Emit(OpCodes.And, 0x80);
        w.Store(w.V);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Shr, 8);
        w.Store(w.C);
        w.Load(w.Scratch);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.A);
        w.SetNZ(w.A);
    }

    /// <summary>Shifts or rotates the value.</summary>
    private void Shift(Operation operation)
    {
        CodeWriter w = _writer;
        if (operation is Operation.Asl or Operation.Rol)
        {
            w.Load(w.Value);
            w.Emit(OpCodes.Shl, 1);
            if (operation == Operation.Rol)
            {
                w.Load(w.C);
                w.Emit(OpCodes.Or);
            }

            w.Store(w.Value);
            w.Load(w.Value);
            w.Emit(OpCodes.Shr, 8);
            w.Store(w.C);
            w.Load(w.Value);
            w.Emit(OpCodes.And, 0xFF);
        }
        else
        {
            if (operation == Operation.Ror)
            {
                w.Load(w.Value);
                w.Load(w.C);
                w.Emit(OpCodes.Shl, 8);
                w.Emit(OpCodes.Or);
                w.Store(w.Value);
            }

            w.Load(w.Value);
            w.Emit(OpCodes.And, 1);
            w.Store(w.C);
            w.Load(w.Value);
            w.Emit(OpCodes.Shr, 1);
        }

        w.Store(w.Value);
        w.SetNZ(w.Value);
    }

    /// <summary>
    /// Reads the operand into the value, counting the instruction's cycles. True if a chip of the cartridge may have
    /// been asked, which may map other banks.
    /// </summary>
    private bool ReadOperand(Instruction instruction)
    {
        CodeWriter w = _writer;
        int operand = instruction.Operand;
        int cycles = instruction.Cycles;
        bool general = false;
        switch (instruction.Mode)
        {
            case AddressMode.Immediate:
                _cycles += cycles;
                w.Set(w.Value, operand);
                _dataBus = operand;
                return false;
            case AddressMode.ZeroPage:
                _cycles += cycles;
                general = ReadFixed(operand, operand);
                break;
            case AddressMode.Absolute:
                _cycles += cycles;
                general = ReadFixed(operand, operand >> 8);
                break;
            case AddressMode.ZeroPageX or AddressMode.ZeroPageY:
                _cycles += cycles;
                IndexZeroPage(instruction);
                ReadIndexedZeroPage(operand);
                break;
            case AddressMode.AbsoluteX or AddressMode.AbsoluteY:
                _cycles += cycles;
                general = ReadIndexed(operand, Index(instruction.Mode));
                break;
            case AddressMode.IndirectX:
                LoadPointerX(instruction);
                _cycles += cycles;
                ReadAnywhere(w.Address);
                general = true;
                break;
            default:
                if (operand is < RamStart or PageZeroEnd)
                {
                    w.Emit(OpCodes.Br, ExitTo(instruction.Address, bails: true));
                    break;
                }

                _cycles += cycles;
                LoadPointer(operand);
                w.Store(w.Scratch);
                AddIndex(w.Y);
                ReadAnywhere(w.Scratch);
                general = true;
                break;
        }

        w.Move(w.DataBus, w.Value);
        _dataBus = null;
        return general;
    }

    private LocalBuilder Index(AddressMode mode) =>
        mode is AddressMode.ZeroPageX or AddressMode.AbsoluteX ? _writer.X : _writer.Y;

    private void LoadPointer(int address)
    {
        _writer.LoadZeroPageAddress(address);
        _writer.Il.Emit(OpCodes.Unaligned, (byte)1);
        _writer.Emit(OpCodes.Ldind_U2);
    }

    /// <summary>Address := the pointer at operand + X; what lies outside the RAM is left to the interpreter.</summary>
    private void LoadPointerX(Instruction instruction)
    {
        CodeWriter w = _writer;
        w.Load(w.X);
        w.Emit(OpCodes.Add, instruction.Operand);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.Address);
        w.Load(w.Address);
        w.Emit(OpCodes.Sub, RamStart);
        w.Constant(PageZeroEnd - RamStart);
        w.Emit(OpCodes.Bge_Un, ExitTo(instruction.Address, bails: true));
        w.LoadZeroPageAddress(w.Address);
        w.Il.Emit(OpCodes.Unaligned, (byte)1);
        w.Emit(OpCodes.Ldind_U2);
        w.Store(w.Address);
    }

    /// <summary>Address := scratch + index, with the penalty for a crossed page.</summary>
    private void AddIndex(LocalBuilder index)
    {
        CodeWriter w = _writer;
        w.Load(w.Cycles);
        w.Load(w.Scratch);
        w.Emit(OpCodes.And, 0xFF);
        w.Load(index);
        w.Emit(OpCodes.Add);
        w.Emit(OpCodes.Shr, 8);
        w.Emit(OpCodes.Add);
        w.Store(w.Cycles);
        w.Load(w.Scratch);
        w.Load(index);
        w.Emit(OpCodes.Add);
        w.Emit(OpCodes.And, 0xFFFF);
        w.Store(w.Address);
    }

    private void LoadCycles()
    {
        _writer.Load(_writer.Cycles);
        if (_cycles != 0)
        {
            _writer.Emit(OpCodes.Add, _cycles);
        }
    }

    /// <summary>Whether an address is in the RAM, and if so where in page zero.</summary>
    private static bool IsRam(int address, out int zeroPage)
    {
        zeroPage = (address & 0x7F) | RamStart;
        return (address & 0x1280) == 0x0080;
    }

    /// <summary>Offset of an address in the run of code, with as many bytes behind it.</summary>
    private bool IsInRun(int address, int more, out int offset)
    {
        offset = (address & AddressMask) - (int)_run.First;
        return offset >= 0 && offset + more < _run.Length;
    }

    private bool ReadFixed(int address, int dataBus)
    {
        CodeWriter w = _writer;
        if (IsRam(address, out int zeroPage))
        {
            w.LoadZeroPageAddress(zeroPage);
            w.Emit(OpCodes.Ldind_U1);
        }
        else if (IsInRun(address, 0, out int offset))
        {
            w.Constant(offset);
            w.LoadCodeByte();
        }
        else if ((address & 0x1000) != 0)
        {
            w.LoadBus();
            w.Constant(address);
            w.Constant(dataBus);
            LoadCycles();
            w.CallRead();
            w.Store(w.Value);
            return true;
        }
        else if ((address & 0x0080) != 0)
        {
            w.LoadRiot();
            w.Constant(address);
            LoadCycles();
            w.CallReadRiot();
        }
        else
        {
            w.LoadTia();
            w.Constant(address & 0x0F);
            w.Constant(dataBus);
            LoadCycles();
            w.CallReadTia();
        }

        w.Store(w.Value);
        return false;
    }

    /// <summary>Address := operand + index in page zero.</summary>
    private void IndexZeroPage(Instruction instruction)
    {
        CodeWriter w = _writer;
        w.Load(Index(instruction.Mode));
        w.Emit(OpCodes.Add, instruction.Operand);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.Address);
    }

    private void ReadIndexedZeroPage(int operand)
    {
        CodeWriter w = _writer;
        Label chip = w.NewLabel();
        Label done = w.NewLabel();
        w.Load(w.Address);
        w.Constant(RamStart);
        w.Emit(OpCodes.Blt, chip);
        w.LoadZeroPageAddress(w.Address);
        w.Emit(OpCodes.Ldind_U1);
        w.Store(w.Value);
        w.Emit(OpCodes.Br, done);
        w.Mark(chip);
        w.LoadTia();
        w.Load(w.Address);
        w.Emit(OpCodes.And, 0x0F);
        w.Constant(operand);
        LoadCycles();
        w.CallReadTia();
        w.Store(w.Value);
        w.Mark(done);
    }

    private bool ReadIndexed(int start, LocalBuilder index)
    {
        CodeWriter w = _writer;
        if (!IsInRun(start, 0xFF, out int offset))
        {
            w.Set(w.Scratch, start);
            AddIndex(index);
            ReadAnywhere(w.Scratch);
            return true;
        }

        if ((start & 0xFF) != 0)
        {
            w.Load(w.Cycles);
            w.Load(index);
            w.Emit(OpCodes.Add, start & 0xFF);
            w.Emit(OpCodes.Shr, 8);
            w.Emit(OpCodes.Add);
            w.Store(w.Cycles);
        }

        w.Load(index);
        w.Emit(OpCodes.Add, offset);
        w.LoadCodeByte();
        w.Store(w.Value);
        return false;
    }

    /// <summary>Value := the byte at the address; the high byte of <paramref name="onBus"/> is on the data bus.</summary>
    private void ReadAnywhere(LocalBuilder onBus)
    {
        CodeWriter w = _writer;
        Label elsewhere = w.NewLabel();
        Label done = w.NewLabel();
        w.Load(w.Address);
        w.Emit(OpCodes.And, AddressMask);
        w.Emit(OpCodes.Sub, (int)_run.First);
        w.Store(w.Value);
        w.Load(w.Value);
        w.Constant((int)_run.Length);
        w.Emit(OpCodes.Bge_Un, elsewhere);
        w.Load(w.Value);
        w.LoadCodeByte();
        w.Store(w.Value);
        w.Emit(OpCodes.Br, done);
        w.Mark(elsewhere);
        w.LoadBus();
        w.Load(w.Address);
        w.Load(onBus);
        w.Emit(OpCodes.Shr, 8);
        LoadCycles();
        w.CallRead();
        w.Store(w.Value);
        w.Mark(done);
    }

    private void WriteStore(Instruction instruction)
    {
        CodeWriter w = _writer;
        LocalBuilder source = instruction.Operation switch
        {
            Operation.Sta => w.A,
            Operation.Stx => w.X,
            Operation.Sty => w.Y,
            _ => w.Value,
        };
        if (instruction.Mode == AddressMode.IndirectX)
        {
            LoadPointerX(instruction);
        }

        if (instruction.Mode == AddressMode.IndirectY && instruction.Operand is < RamStart or PageZeroEnd)
        {
            w.Emit(OpCodes.Br, ExitTo(instruction.Address, bails: true));
            return;
        }

        if (instruction.Operation == Operation.Sax)
        {
            w.Load(w.A);
            w.Load(w.X);
            w.Emit(OpCodes.And);
            w.Store(w.Value);
        }

        _cycles += instruction.Cycles;
        _count++;
        w.Move(w.DataBus, source);
        _dataBus = null;
        switch (instruction.Mode)
        {
            case AddressMode.ZeroPage or AddressMode.Absolute:
                StoreFixed(instruction, source);
                break;
            case AddressMode.ZeroPageX or AddressMode.ZeroPageY:
                IndexZeroPage(instruction);
                StoreIndexedZeroPage(instruction, source);
                break;
            case AddressMode.AbsoluteX or AddressMode.AbsoluteY:
                w.Load(Index(instruction.Mode));
                w.Emit(OpCodes.Add, instruction.Operand);
                w.Emit(OpCodes.And, 0xFFFF);
                w.Store(w.Address);
                StoreAnywhere(instruction, source);
                break;
            case AddressMode.IndirectX:
                StoreAnywhere(instruction, source);
                break;
            default:
                LoadPointer(instruction.Operand);
                w.Load(w.Y);
                w.Emit(OpCodes.Add);
                w.Emit(OpCodes.And, 0xFFFF);
                w.Store(w.Address);
                StoreAnywhere(instruction, source);
                break;
        }
    }

    private void StoreFixed(Instruction instruction, LocalBuilder source)
    {
        CodeWriter w = _writer;
        int address = instruction.Operand;
        if (IsRam(address, out int zeroPage))
        {
            w.LoadZeroPageAddress(zeroPage);
            w.Load(source);
            w.Emit(OpCodes.Stind_I1);
        }
        else if ((address & 0x1000) != 0)
        {
            w.Set(w.Address, address);
            StoreAnywhere(instruction, source);
        }
        else if ((address & 0x0080) != 0)
        {
            w.LoadRiot();
            w.Constant(address);
            w.Load(source);
            LoadCycles();
            w.CallWriteRiot();
        }
        else
        {
            StoreTia(address & 0x3F, source);
            w.BranchIfEnded(ExitTo(instruction.Next, bails: false));
        }
    }

    private void StoreTia(int register, LocalBuilder source)
    {
        CodeWriter w = _writer;
        w.LoadTia();
        if (register == (int)WriteRegister.WSYNC)
        {
            LoadCycles();
            w.CallWait();
            w.Store(w.Cycles);
            _cycles = 0;
            return;
        }

        w.Constant(register);
        w.Load(source);
        LoadCycles();
        w.CallWriteTia();
    }

    private void StoreIndexedZeroPage(Instruction instruction, LocalBuilder source)
    {
        CodeWriter w = _writer;
        Label chip = w.NewLabel();
        Label done = w.NewLabel();
        SettleCycles();
        w.Load(w.Address);
        w.Constant(RamStart);
        w.Emit(OpCodes.Blt, chip);
        w.LoadZeroPageAddress(w.Address);
        w.Load(source);
        w.Emit(OpCodes.Stind_I1);
        w.Emit(OpCodes.Br, done);
        w.Mark(chip);
        CallBusWrite(source);
        w.BranchIfEnded(ExitTo(instruction.Next, bails: false));
        w.Mark(done);
    }

    private void StoreAnywhere(Instruction instruction, LocalBuilder source)
    {
        SettleCycles();
        CallBusWrite(source);
        Label exit = ExitTo(instruction.Next, bails: false);
        _writer.BranchIfEnded(exit);
        _writer.BranchIfRemapped(exit);
    }

    private void CallBusWrite(LocalBuilder source)
    {
        CodeWriter w = _writer;
        w.LoadBus();
        w.Load(w.Address);
        w.Load(source);
        w.Load(w.Cycles);
        w.Constant(1);
        w.CallWrite();
        w.Store(w.Cycles);
    }

    /// <summary>Instructions that change a byte of memory; in memory other than RAM they are left to the interpreter.</summary>
    private void WriteChange(Instruction instruction)
    {
        CodeWriter w = _writer;
        if (instruction.Mode == AddressMode.ZeroPageX)
        {
            IndexZeroPage(instruction);
            w.Load(w.Address);
            w.Constant(RamStart);
            w.Emit(OpCodes.Blt, ExitTo(instruction.Address, bails: true));
        }
        else if (IsRam(instruction.Operand, out int zeroPage))
        {
            w.Set(w.Address, zeroPage);
        }
        else
        {
            w.Emit(OpCodes.Br, ExitTo(instruction.Address, bails: true));
            return;
        }

        w.LoadZeroPageAddress(w.Address);
        w.Emit(OpCodes.Ldind_U1);
        w.Store(w.Value);
        switch (instruction.Operation)
        {
            case Operation.Inc:
                Step(w.Value, 1);
                break;
            case Operation.Dec:
                Step(w.Value, -1);
                break;
            case Operation.Dcp:
                w.Load(w.Value);
                w.Emit(OpCodes.Sub, 1);
                w.Emit(OpCodes.And, 0xFF);
                w.Store(w.Value);
                Compare(w.A);
                break;
            default:
                Shift(instruction.Operation);
                break;
        }

        w.LoadZeroPageAddress(w.Address);
        w.Load(w.Value);
        w.Emit(OpCodes.Stind_I1);
        w.Move(w.DataBus, w.Value);
        _dataBus = null;
        _cycles += instruction.Cycles;
        _count++;
    }

    /// <summary>Leaves the instruction to the interpreter unless the stack pointer is in a range.</summary>
    private void RequireStack(Instruction instruction, int first, int last)
    {
        _writer.Load(_writer.S);
        _writer.Emit(OpCodes.Sub, first);
        _writer.Constant(last - first);
        _writer.Emit(OpCodes.Bgt_Un, ExitTo(instruction.Address, bails: true));
    }

    private void WriteStack(Instruction instruction)
    {
        CodeWriter w = _writer;
        bool push = instruction.Operation == Operation.Pha;
        RequireStack(instruction, RamStart, push ? 0xFF : 0xFE);
        if (push)
        {
            w.LoadZeroPageAddress(w.S);
            w.Load(w.A);
            w.Emit(OpCodes.Stind_I1);
            w.Add(w.S, -1);
        }
        else
        {
            w.Add(w.S, 1);
            w.LoadZeroPageAddress(w.S);
            w.Emit(OpCodes.Ldind_U1);
            w.Store(w.A);
            w.SetNZ(w.A);
        }

        w.Move(w.DataBus, w.A);
        _dataBus = null;
        _cycles += instruction.Cycles;
        _count++;
    }

    private void WriteCall(Instruction instruction)
    {
        CodeWriter w = _writer;
        RequireStack(instruction, RamStart + 1, 0xFF);
        int pushed = instruction.Address + 2;
        w.LoadZeroPageAddress(w.S);
        w.Constant(pushed >> 8);
        w.Emit(OpCodes.Stind_I1);
        w.LoadZeroPageAddress(w.S);
        w.Emit(OpCodes.Sub, 1);
        w.Constant(pushed & 0xFF);
        w.Emit(OpCodes.Stind_I1);
        w.Add(w.S, -2);
        _cycles += instruction.Cycles;
        _count++;
        _dataBus = instruction.Operand >> 8;
        GoTo(instruction.Target, instruction.Address);
    }

    private void WriteReturn(Instruction instruction)
    {
        CodeWriter w = _writer;
        Label bail = ExitTo(instruction.Address, bails: true);
        RequireStack(instruction, RamStart, 0xFD);
        w.LoadZeroPageAddress(w.S);
        w.Emit(OpCodes.Add, 1);
        w.Il.Emit(OpCodes.Unaligned, (byte)1);
        w.Emit(OpCodes.Ldind_U2);
        w.Store(w.PC);

        // The byte in front of the return address is read; elsewhere that could be a chip's.
        w.Load(w.PC);
        w.Emit(OpCodes.And, AddressMask);
        w.Emit(OpCodes.Sub, (int)_run.First);
        w.Store(w.Scratch);
        w.Load(w.Scratch);
        w.Constant((int)_run.Length);
        w.Emit(OpCodes.Bge_Un, bail);
        w.Load(w.Scratch);
        w.LoadCodeByte();
        w.Store(w.DataBus);
        _dataBus = null;
        w.Add(w.S, 2);
        w.Load(w.PC);
        w.Emit(OpCodes.Add, 1);
        w.Emit(OpCodes.And, 0xFFFF);
        w.Store(w.PC);
        _cycles += instruction.Cycles;
        _count++;
        Settle();
        w.Emit(OpCodes.Br, _dispatch);
    }

    private void WriteBranch(Instruction instruction)
    {
        CodeWriter w = _writer;
        _cycles += instruction.Cycles;
        _count++;
        _dataBus = instruction.Operand;
        Label notTaken = w.NewLabel();
        bool wantsSet = (instruction.Opcode & 0x20) != 0;
        switch (instruction.Opcode >> 6)
        {
            case 0:
                w.Load(w.N);
                w.Emit(OpCodes.And, 0x80);
                break;
            case 1:
                w.Load(w.V);
                break;
            case 2:
                w.Load(w.C);
                break;
            default: // The Z flag is set where the local is 0.
                w.Load(w.Z);
                wantsSet = !wantsSet;
                break;
        }

        w.Emit(wantsSet ? OpCodes.Brfalse : OpCodes.Brtrue, notTaken);
        (int cycles, int count) = (_cycles, _count);
        int target = instruction.Target;
        int taken = ((instruction.Next ^ target) & 0xFF00) != 0 ? 2 : 1;
        WriteIdleLoop(instruction, taken);
        _cycles += taken;
        GoTo(target, instruction.Address);
        w.Mark(notTaken);
        (_cycles, _count, _dataBus) = (cycles, count, instruction.Operand);
    }

    /// <summary>A branch back that may be waiting does all rounds but the last at once, as the interpreter does.</summary>
    private void WriteIdleLoop(Instruction branch, int taken)
    {
        if (!IsInRun(branch.Target, 0, out _) || !_scan.TryGet(branch.Target, out Instruction first))
        {
            return;
        }

        if (branch.Operand == 0xFD && first.Operation is Operation.Dex or Operation.Dey)
        {
            WriteCountDown(branch, first.Operation == Operation.Dex ? _writer.X : _writer.Y, taken);
        }
        else if (branch.Operand == 0xFB && first.Mode == AddressMode.Absolute && (first.Operand & 0x1284) == 0x0284)
        {
            WritePoll(branch, first, taken);
        }
    }

    private void WriteCountDown(Instruction branch, LocalBuilder register, int taken)
    {
        CodeWriter w = _writer;
        Label none = w.NewLabel();
        Settle();
        w.Constant(branch.Opcode);
        w.Load(register);
        w.LoadLeft();
        w.CallCountDown();
        w.Store(w.Scratch);
        w.Load(w.Scratch);
        w.Constant(0);
        w.Emit(OpCodes.Ble, none);
        w.Load(register);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Sub);
        w.Store(register);
        w.SetNZ(register);
        SkipRounds(IdleLoop.CountDownCycles + taken);
        w.Mark(none);
        _dataBus = branch.Operand;
    }

    private void WritePoll(Instruction branch, Instruction load, int taken)
    {
        CodeWriter w = _writer;
        Label none = w.NewLabel();
        Settle();
        w.LoadRiot();
        w.Constant(load.Opcode);
        w.Constant(load.Operand);
        w.Constant(branch.Opcode);
        w.Load(w.Cycles);
        w.Constant(taken);
        w.LoadLeft();
        w.CallPoll();
        w.Store(w.Scratch);
        w.Load(w.Scratch);
        w.Constant(0);
        w.Emit(OpCodes.Ble, none);
        SkipRounds(IdleLoop.PollCycles + taken);
        LocalBuilder? register = load.Operation switch
        {
            Operation.Lda => w.A,
            Operation.Ldx => w.X,
            Operation.Ldy => w.Y,
            _ => null,
        };
        if (register is not null)
        {
            w.LoadRiot();
            w.Load(w.Cycles);
            w.Emit(OpCodes.Sub, 2);
            w.CallPeekTimer();
            w.Store(register);
            w.SetNZ(register);
        }

        w.Mark(none);
        _dataBus = branch.Operand;
    }

    /// <summary>Counts the cycles and instructions of as many rounds as are in the scratch.</summary>
    private void SkipRounds(int cycles)
    {
        CodeWriter w = _writer;
        w.Load(w.Cycles);
        w.Load(w.Scratch);
        w.Emit(OpCodes.Mul, cycles);
        w.Emit(OpCodes.Add);
        w.Store(w.Cycles);
        w.LoadLeft();
        w.Load(w.Scratch);
        w.Emit(OpCodes.Shl, 1);
        w.Emit(OpCodes.Sub);
        w.StoreLeft();
    }

    /// <summary>A way out of the translated code and what is to be settled on it.</summary>
    private readonly record struct Exit(Label Label, int Address, int Cycles, int Count, int? DataBus, bool Bails);
}
