using System.Reflection.Emit;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>Translates the stores: where registers go, and what follows when a chip takes the value.</summary>
internal sealed class StoreTranslator(RegionCode code, OperandTranslator operands)
{
    private readonly RegionCode _code = code;
    private readonly CodeWriter _writer = code.Writer;
    private readonly OperandTranslator _operands = operands;

    public void WriteStore(Instruction instruction)
    {
        var w = _writer;
        var source = instruction.Operation switch
        {
            Operation.Sta => w.A,
            Operation.Stx => w.X,
            Operation.Sty => w.Y,
            _ => w.Value,
        };
        if (instruction.Mode == AddressMode.IndirectX)
        {
            _operands.LoadPointerX(instruction);
        }

        if (instruction.Mode == AddressMode.IndirectY
            && instruction.Operand is < RegionCode.RamStart or RegionCode.PageZeroEnd)
        {
            w.Emit(OpCodes.Br, _code.ExitTo(instruction.Address, bails: true));
            return;
        }

        if (instruction.Operation == Operation.Sax)
        {
            w.Load(w.A);
            w.Load(w.X);
            w.Emit(OpCodes.And);
            w.Store(w.Value);
        }

        _code.PendingCycles += instruction.Cycles;
        _code.PendingInstructions++;
        w.Move(w.DataBus, source);
        _code.KnownDataBus = null;
        switch (instruction.Mode)
        {
            case AddressMode.ZeroPage or AddressMode.Absolute:
                StoreFixed(instruction, source);
                break;
            case AddressMode.ZeroPageX or AddressMode.ZeroPageY:
                _operands.IndexZeroPage(instruction);
                StoreIndexedZeroPage(instruction, source);
                break;
            case AddressMode.AbsoluteX or AddressMode.AbsoluteY:
                w.Load(_operands.Index(instruction.Mode));
                w.Emit(OpCodes.Add, instruction.Operand);
                w.Emit(OpCodes.And, 0xFFFF);
                w.Store(w.Address);
                StoreAnywhere(instruction, source);
                break;
            case AddressMode.IndirectX:
                StoreAnywhere(instruction, source);
                break;
            default:
                _operands.LoadPointer(instruction.Operand);
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
        var w = _writer;
        var address = instruction.Operand;
        if (RegionCode.IsRam(address, out var zeroPage))
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
            _code.LoadCycles();
            w.Call(ChipMethods.RiotWrite);
        }
        else
        {
            StoreTia(address & 0x3F, source);
            w.BranchIfEnded(_code.ExitTo(instruction.Next, bails: false));
        }
    }

    private void StoreTia(int register, LocalBuilder source)
    {
        var w = _writer;
        w.LoadTia();
        if (register == (int)WriteRegister.WSYNC)
        {
            _code.LoadCycles();
            w.Call(ChipMethods.TiaWait);
            w.Store(w.Cycles);
            _code.PendingCycles = 0;
            return;
        }

        w.Constant(register);
        w.Load(source);
        _code.LoadCycles();
        w.Call(ChipMethods.TiaWrite);
    }

    private void StoreIndexedZeroPage(Instruction instruction, LocalBuilder source)
    {
        var w = _writer;
        var chip = w.NewLabel();
        var done = w.NewLabel();
        _code.SettleCycles();
        w.Load(w.Address);
        w.Constant(RegionCode.RamStart);
        w.Emit(OpCodes.Blt, chip);
        w.LoadZeroPageAddress(w.Address);
        w.Load(source);
        w.Emit(OpCodes.Stind_I1);
        w.Emit(OpCodes.Br, done);
        w.Mark(chip);
        CallBusWrite(source);
        w.BranchIfEnded(_code.ExitTo(instruction.Next, bails: false));
        w.Mark(done);
    }

    private void StoreAnywhere(Instruction instruction, LocalBuilder source)
    {
        _code.SettleCycles();
        CallBusWrite(source);
        var exit = _code.ExitTo(instruction.Next, bails: false);
        _writer.BranchIfEnded(exit);
        _writer.BranchIfRemapped(exit);
    }

    private void CallBusWrite(LocalBuilder source)
    {
        var w = _writer;
        w.LoadBus();
        w.Load(w.Address);
        w.Load(source);
        w.Load(w.Cycles);
        w.Constant(1);
        w.Call(ChipMethods.BusWrite);
        w.Store(w.Cycles);
    }
}
