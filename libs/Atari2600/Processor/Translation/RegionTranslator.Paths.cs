using System.Reflection.Emit;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <content>Branches, calls, returns and the stack that calls use.</content>
internal sealed partial class RegionTranslator
{
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
}
