using System.Reflection.Emit;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Translates waiting loops: all rounds but the last are done at once, as <see cref="IdleLoop"/> counts them.
/// </summary>
internal sealed class IdleLoopTranslator(RegionCode code)
{
    private readonly RegionCode _code = code;
    private readonly CodeWriter _writer = code.Writer;

    /// <summary>
    /// A branch back that may be waiting does all rounds but the last at once, as the interpreter does.
    /// </summary>
    public void Write(Instruction branch, int taken)
    {
        if (!_code.IsInRun(branch.Target, 0, out _) || !_code.Scan.TryGet(branch.Target, out var first))
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
        var w = _writer;
        var none = w.NewLabel();
        _code.Settle();
        w.Constant(branch.Code);
        w.Load(register);
        w.LoadLeft();
        w.Call(ChipMethods.CountDown);
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
        _code.KnownDataBus = branch.Operand;
    }

    private void WritePoll(Instruction branch, Instruction load, int taken)
    {
        var w = _writer;
        var none = w.NewLabel();
        _code.Settle();
        w.LoadRiot();
        w.Constant(load.Code);
        w.Constant(load.Operand);
        w.Constant(branch.Code);
        w.Load(w.Cycles);
        w.Constant(taken);
        w.LoadLeft();
        w.Call(ChipMethods.Poll);
        w.Store(w.Scratch);
        w.Load(w.Scratch);
        w.Constant(0);
        w.Emit(OpCodes.Ble, none);
        SkipRounds(IdleLoop.PollCycles + taken);
        var register = load.Operation switch
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
            w.Call(ChipMethods.RiotPeekTimer);
            w.Store(register);
            w.SetNZ(register);
        }

        w.Mark(none);
        _code.KnownDataBus = branch.Operand;
    }

    /// <summary>Counts the cycles and instructions of as many rounds as are in the scratch.</summary>
    private void SkipRounds(int cycles)
    {
        var w = _writer;
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
