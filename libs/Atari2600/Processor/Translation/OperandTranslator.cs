using System.Reflection.Emit;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Translates where operands come from: the RAM and the run of code are read at once, the TIA and the RIOT are called
/// where the address is known, and the bus decides in all other cases.
/// </summary>
internal sealed class OperandTranslator(RegionCode code)
{
    private readonly RegionCode _code = code;
    private readonly CodeWriter _writer = code.Writer;

    /// <summary>
    /// Reads the operand into the value, counting the instruction's cycles. True if a chip of the cartridge may have
    /// been asked, which may map other banks.
    /// </summary>
    public bool ReadOperand(Instruction instruction)
    {
        var w = _writer;
        var operand = instruction.Operand;
        var cycles = instruction.Cycles;
        var general = false;
        switch (instruction.Mode)
        {
            case AddressMode.Immediate:
                _code.PendingCycles += cycles;
                w.Set(w.Value, operand);
                _code.KnownDataBus = operand;
                return false;
            case AddressMode.ZeroPage:
                _code.PendingCycles += cycles;
                general = ReadFixed(operand, operand);
                break;
            case AddressMode.Absolute:
                _code.PendingCycles += cycles;
                general = ReadFixed(operand, operand >> 8);
                break;
            case AddressMode.ZeroPageX or AddressMode.ZeroPageY:
                _code.PendingCycles += cycles;
                IndexZeroPage(instruction);
                ReadIndexedZeroPage(operand);
                break;
            case AddressMode.AbsoluteX or AddressMode.AbsoluteY:
                _code.PendingCycles += cycles;
                general = ReadIndexed(operand, Index(instruction.Mode));
                break;
            case AddressMode.IndirectX:
                LoadPointerX(instruction);
                _code.PendingCycles += cycles;
                ReadAnywhere(w.Address);
                general = true;
                break;
            default:
                if (operand is < RegionCode.RamStart or RegionCode.PageZeroEnd)
                {
                    w.Emit(OpCodes.Br, _code.ExitTo(instruction.Address, bails: true));
                    break;
                }

                _code.PendingCycles += cycles;
                LoadPointer(operand);
                w.Store(w.Scratch);
                AddIndex(w.Y);
                ReadAnywhere(w.Scratch);
                general = true;
                break;
        }

        w.Move(w.DataBus, w.Value);
        _code.KnownDataBus = null;
        return general;
    }

    public LocalBuilder Index(AddressMode mode) =>
        mode is AddressMode.ZeroPageX or AddressMode.AbsoluteX ? _writer.X : _writer.Y;

    public void LoadPointer(int address)
    {
        _writer.LoadZeroPageAddress(address);
        _writer.Il.Emit(OpCodes.Unaligned, (byte)1);
        _writer.Emit(OpCodes.Ldind_U2);
    }

    /// <summary>Address := the pointer at operand + X; what lies outside the RAM is left to the interpreter.</summary>
    public void LoadPointerX(Instruction instruction)
    {
        var w = _writer;
        w.Load(w.X);
        w.Emit(OpCodes.Add, instruction.Operand);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.Address);
        w.Load(w.Address);
        w.Emit(OpCodes.Sub, RegionCode.RamStart);
        w.Constant(RegionCode.PageZeroEnd - RegionCode.RamStart);
        w.Emit(OpCodes.Bge_Un, _code.ExitTo(instruction.Address, bails: true));
        w.LoadZeroPageAddress(w.Address);
        w.Il.Emit(OpCodes.Unaligned, (byte)1);
        w.Emit(OpCodes.Ldind_U2);
        w.Store(w.Address);
    }

    /// <summary>Address := operand + index in page zero.</summary>
    public void IndexZeroPage(Instruction instruction)
    {
        var w = _writer;
        w.Load(Index(instruction.Mode));
        w.Emit(OpCodes.Add, instruction.Operand);
        w.Emit(OpCodes.And, 0xFF);
        w.Store(w.Address);
    }

    /// <summary>Address := scratch + index, with the penalty for a crossed page.</summary>
    private void AddIndex(LocalBuilder index)
    {
        var w = _writer;
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

    private bool ReadFixed(int address, int dataBus)
    {
        var w = _writer;
        if (RegionCode.IsRam(address, out var zeroPage))
        {
            w.LoadZeroPageAddress(zeroPage);
            w.Emit(OpCodes.Ldind_U1);
        }
        else if (_code.IsInRun(address, 0, out var offset))
        {
            w.Constant(offset);
            w.LoadCodeByte();
        }
        else if ((address & 0x1000) != 0)
        {
            w.LoadBus();
            w.Constant(address);
            w.Constant(dataBus);
            _code.LoadCycles();
            w.Call(ChipMethods.BusRead);
            w.Store(w.Value);
            return true;
        }
        else if ((address & 0x0080) != 0)
        {
            w.LoadRiot();
            w.Constant(address);
            _code.LoadCycles();
            w.Call(ChipMethods.RiotRead);
        }
        else
        {
            w.LoadTia();
            w.Constant(address & 0x0F);
            w.Constant(dataBus);
            _code.LoadCycles();
            w.Call(ChipMethods.TiaRead);
        }

        w.Store(w.Value);
        return false;
    }

    private void ReadIndexedZeroPage(int operand)
    {
        var w = _writer;
        var chip = w.NewLabel();
        var done = w.NewLabel();
        w.Load(w.Address);
        w.Constant(RegionCode.RamStart);
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
        _code.LoadCycles();
        w.Call(ChipMethods.TiaRead);
        w.Store(w.Value);
        w.Mark(done);
    }

    private bool ReadIndexed(int start, LocalBuilder index)
    {
        var w = _writer;
        if (!_code.IsInRun(start, 0xFF, out var offset))
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

    /// <summary>
    /// Value := the byte at the address; the high byte of <paramref name="onBus"/> is on the data bus.
    /// </summary>
    private void ReadAnywhere(LocalBuilder onBus)
    {
        var w = _writer;
        var elsewhere = w.NewLabel();
        var done = w.NewLabel();
        w.Load(w.Address);
        w.Emit(OpCodes.And, RegionCode.AddressMask);
        w.Emit(OpCodes.Sub, (int)_code.Run.First);
        w.Store(w.Value);
        w.Load(w.Value);
        w.Constant((int)_code.Run.Length);
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
        _code.LoadCycles();
        w.Call(ChipMethods.BusRead);
        w.Store(w.Value);
        w.Mark(done);
    }
}
