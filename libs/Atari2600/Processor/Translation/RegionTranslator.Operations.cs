using System.Reflection.Emit;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <content>What the instructions do with their operands.</content>
internal sealed partial class RegionTranslator
{
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
}
