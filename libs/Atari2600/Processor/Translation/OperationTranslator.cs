using System.Reflection.Emit;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Translates the instructions that compute: those of registers and flags, and those that change memory.
/// </summary>
internal sealed class OperationTranslator(RegionCode code, OperandTranslator operands)
{
    private readonly RegionCode _code = code;
    private readonly CodeWriter _writer = code.Writer;
    private readonly OperandTranslator _operands = operands;
    private readonly ArithmeticWriter _arithmetic = new(code.Writer);

    /// <summary>Translates an instruction that changes registers and flags only.</summary>
    public void WriteSimple(Instruction instruction)
    {
        var cycles = instruction.Cycles;
        var general = false;
        if (instruction.Mode == AddressMode.Implied)
        {
            _code.PendingCycles += cycles;
            _code.KnownDataBus = instruction.Code;
        }
        else
        {
            general = _operands.ReadOperand(instruction);
        }

        _code.PendingInstructions++;
        WriteOperation(instruction.Operation);
        if (general)
        {
            _writer.BranchIfRemapped(_code.ExitTo(instruction.Next, bails: false));
        }
    }

    /// <summary>
    /// Instructions that change a byte of memory; in memory other than RAM they are left to the interpreter.
    /// </summary>
    public void WriteModify(Instruction instruction)
    {
        var w = _writer;
        if (instruction.Mode == AddressMode.ZeroPageX)
        {
            _operands.IndexZeroPage(instruction);
            w.Load(w.Address);
            w.Constant(RegionCode.RamStart);
            w.Emit(OpCodes.Blt, _code.ExitTo(instruction.Address, bails: true));
        }
        else if (RegionCode.IsRam(instruction.Operand, out var zeroPage))
        {
            w.Set(w.Address, zeroPage);
        }
        else
        {
            w.Emit(OpCodes.Br, _code.ExitTo(instruction.Address, bails: true));
            return;
        }

        w.LoadZeroPageAddress(w.Address);
        w.Emit(OpCodes.Ldind_U1);
        w.Store(w.Value);
        switch (instruction.Operation)
        {
            case Operation.Inc:
                _arithmetic.Step(w.Value, 1);
                break;
            case Operation.Dec:
                _arithmetic.Step(w.Value, -1);
                break;
            case Operation.Dcp:
                w.Load(w.Value);
                w.Emit(OpCodes.Sub, 1);
                w.Emit(OpCodes.And, 0xFF);
                w.Store(w.Value);
                _arithmetic.Compare(w.A);
                break;
            default:
                _arithmetic.Shift(instruction.Operation);
                break;
        }

        w.LoadZeroPageAddress(w.Address);
        w.Load(w.Value);
        w.Emit(OpCodes.Stind_I1);
        w.Move(w.DataBus, w.Value);
        _code.KnownDataBus = null;
        _code.PendingCycles += instruction.Cycles;
        _code.PendingInstructions++;
    }

    private void WriteOperation(Operation operation)
    {
        var w = _writer;
        switch (operation)
        {
            case Operation.Lda: _arithmetic.LoadRegister(w.A, w.Value); break;
            case Operation.Ldx: _arithmetic.LoadRegister(w.X, w.Value); break;
            case Operation.Ldy: _arithmetic.LoadRegister(w.Y, w.Value); break;
            case Operation.Lax: w.Move(w.X, w.Value); _arithmetic.LoadRegister(w.A, w.Value); break;
            case Operation.Tax: _arithmetic.LoadRegister(w.X, w.A); break;
            case Operation.Tay: _arithmetic.LoadRegister(w.Y, w.A); break;
            case Operation.Txa: _arithmetic.LoadRegister(w.A, w.X); break;
            case Operation.Tya: _arithmetic.LoadRegister(w.A, w.Y); break;
            case Operation.Tsx: _arithmetic.LoadRegister(w.X, w.S); break;
            case Operation.Txs: w.Move(w.S, w.X); break;
            case Operation.Inx: _arithmetic.Step(w.X, 1); break;
            case Operation.Iny: _arithmetic.Step(w.Y, 1); break;
            case Operation.Dex: _arithmetic.Step(w.X, -1); break;
            case Operation.Dey: _arithmetic.Step(w.Y, -1); break;
            case Operation.And: _arithmetic.Combine(OpCodes.And); break;
            case Operation.Ora: _arithmetic.Combine(OpCodes.Or); break;
            case Operation.Eor: _arithmetic.Combine(OpCodes.Xor); break;
            case Operation.Bit: _arithmetic.TestBits(); break;
            case Operation.Cmp: _arithmetic.Compare(w.A); break;
            case Operation.Cpx: _arithmetic.Compare(w.X); break;
            case Operation.Cpy: _arithmetic.Compare(w.Y); break;
            case Operation.Adc: _arithmetic.AddToA(subtract: false); break;
            case Operation.Sbc: _arithmetic.AddToA(subtract: true); break;
            case Operation.Asl or Operation.Lsr or Operation.Rol or Operation.Ror: _arithmetic.ShiftA(operation); break;
            case Operation.Clc: w.Set(w.C, 0); break;
            case Operation.Sec: w.Set(w.C, 1); break;
            case Operation.Clv: w.Set(w.V, 0); break;
            case Operation.Cli: w.SetState(nameof(CpuState.I), 0); break;
            case Operation.Sei: w.SetState(nameof(CpuState.I), 1); break;
            default: break; // NOP; and CLD, as translated code never runs in decimal mode
        }
    }
}
