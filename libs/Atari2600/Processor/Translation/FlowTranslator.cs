using System.Reflection.Emit;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>Translates branches, jumps, calls, returns and the two stack instructions of the accumulator.</summary>
internal sealed class FlowTranslator(RegionCode code)
{
    private readonly RegionCode _code = code;
    private readonly CodeWriter _writer = code.Writer;
    private readonly IdleLoopTranslator _idleLoops = new(code);

    public void WriteStack(Instruction instruction)
    {
        var w = _writer;
        var push = instruction.Operation == Operation.Pha;
        RequireStack(instruction, RegionCode.RamStart, push ? 0xFF : 0xFE);
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
        _code.KnownDataBus = null;
        _code.PendingCycles += instruction.Cycles;
        _code.PendingInstructions++;
    }

    public void WriteJump(Instruction instruction)
    {
        _code.PendingCycles += instruction.Cycles;
        _code.PendingInstructions++;
        _code.KnownDataBus = instruction.Operand >> 8;
        _code.GoTo(instruction.Target, instruction.Address);
    }

    public void WriteCall(Instruction instruction)
    {
        var w = _writer;
        RequireStack(instruction, RegionCode.RamStart + 1, 0xFF);
        var pushed = instruction.Address + 2;
        w.LoadZeroPageAddress(w.S);
        w.Constant(pushed >> 8);
        w.Emit(OpCodes.Stind_I1);
        w.LoadZeroPageAddress(w.S);
        w.Emit(OpCodes.Sub, 1);
        w.Constant(pushed & 0xFF);
        w.Emit(OpCodes.Stind_I1);
        w.Add(w.S, -2);
        _code.PendingCycles += instruction.Cycles;
        _code.PendingInstructions++;
        _code.KnownDataBus = instruction.Operand >> 8;
        _code.GoTo(instruction.Target, instruction.Address);
    }

    public void WriteReturn(Instruction instruction)
    {
        var w = _writer;
        var bail = _code.ExitTo(instruction.Address, bails: true);
        RequireStack(instruction, RegionCode.RamStart, 0xFD);
        w.LoadZeroPageAddress(w.S);
        w.Emit(OpCodes.Add, 1);
        w.Il.Emit(OpCodes.Unaligned, (byte)1);
        w.Emit(OpCodes.Ldind_U2);
        w.Store(w.PC);

        // The byte in front of the return address is read; elsewhere that could be a chip's.
        w.Load(w.PC);
        w.Emit(OpCodes.And, RegionCode.AddressMask);
        w.Emit(OpCodes.Sub, (int)_code.Run.First);
        w.Store(w.Scratch);
        w.Load(w.Scratch);
        w.Constant((int)_code.Run.Length);
        w.Emit(OpCodes.Bge_Un, bail);
        w.Load(w.Scratch);
        w.LoadCodeByte();
        w.Store(w.DataBus);
        _code.KnownDataBus = null;
        w.Add(w.S, 2);
        w.Load(w.PC);
        w.Emit(OpCodes.Add, 1);
        w.Emit(OpCodes.And, 0xFFFF);
        w.Store(w.PC);
        _code.PendingCycles += instruction.Cycles;
        _code.PendingInstructions++;
        _code.Settle();
        w.Emit(OpCodes.Br, _code.Dispatch);
    }

    public void WriteBranch(Instruction instruction)
    {
        var w = _writer;
        _code.PendingCycles += instruction.Cycles;
        _code.PendingInstructions++;
        _code.KnownDataBus = instruction.Operand;
        var notTaken = w.NewLabel();
        var wantsSet = (instruction.Code & 0x20) != 0;
        switch (instruction.Code >> 6)
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
        (var cycles, var count) = (_code.PendingCycles, _code.PendingInstructions);
        var target = instruction.Target;
        var taken = ((instruction.Next ^ target) & 0xFF00) != 0 ? 2 : 1;
        _idleLoops.Write(instruction, taken);
        _code.PendingCycles += taken;
        _code.GoTo(target, instruction.Address);
        w.Mark(notTaken);
        (_code.PendingCycles, _code.PendingInstructions, _code.KnownDataBus) = (cycles, count, instruction.Operand);
    }

    /// <summary>Leaves the instruction to the interpreter unless the stack pointer is in a range.</summary>
    private void RequireStack(Instruction instruction, int first, int last)
    {
        _writer.Load(_writer.S);
        _writer.Emit(OpCodes.Sub, first);
        _writer.Constant(last - first);
        _writer.Emit(OpCodes.Bgt_Un, _code.ExitTo(instruction.Address, bails: true));
    }
}
