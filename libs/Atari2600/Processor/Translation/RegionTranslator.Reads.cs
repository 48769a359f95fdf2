using System.Reflection.Emit;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <content>Where operands come from.</content>
internal sealed partial class RegionTranslator
{
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
}
