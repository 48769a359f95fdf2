using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Translates the instructions of a region into a method. A chip gets the exact cycle of each access. What cannot be
/// done at run time is left to the interpreter, before anything of the instruction has happened.
/// </summary>
internal sealed class RegionTranslator
{
    private readonly int _baseAddress;
    private readonly RegionCode _code;
    private readonly OperationTranslator _operations;
    private readonly StoreTranslator _stores;
    private readonly FlowTranslator _flow;

    private RegionTranslator(RegionScan scan, CodeRun run, int baseAddress)
    {
        _baseAddress = baseAddress;
        _code = new RegionCode(scan, run, baseAddress);
        var operands = new OperandTranslator(_code);
        _operations = new OperationTranslator(_code, operands);
        _stores = new StoreTranslator(_code, operands);
        _flow = new FlowTranslator(_code);
    }

    /// <summary>Translates a region of the run of code that starts at a 16-bit address.</summary>
    public static TranslatedRegion Translate(RegionScan scan, CodeRun run, int baseAddress) =>
        new RegionTranslator(scan, run, baseAddress).Translate();

    private TranslatedRegion Translate()
    {
        _code.Writer.LoadRegisters();
        var entries = _code.WriteDispatch();
        Instruction last = default;
        foreach (var instruction in _code.Scan.Instructions)
        {
            if (last.Address != 0 && !last.EndsPath)
            {
                Join(last.Next, instruction.Address);
            }

            _code.MarkLabel(instruction.Address);
            Write(instruction);
            last = instruction;
        }

        if (!last.EndsPath)
        {
            _code.GoTo(last.Next, last.Address);
        }

        _code.WriteExits();
        var scan = _code.Scan;
        return new TranslatedRegion(
            _code.Writer.Finish(entries), _baseAddress, _code.Run, scan.Instructions.Count, [.. scan.Entries]);
    }

    /// <summary>
    /// Leads from the end of an instruction to the one behind it, which need not be the next in order.
    /// </summary>
    private void Join(int next, int following)
    {
        if (next != following)
        {
            _code.GoTo(next, next);
        }
        else if (_code.HasLabel(following))
        {
            _code.Settle();
        }
    }

    private void Write(Instruction instruction)
    {
        switch (instruction.Operation)
        {
            case Operation.Jmp:
                _flow.WriteJump(instruction);
                break;
            case Operation.Jsr:
                _flow.WriteCall(instruction);
                break;
            case Operation.Rts:
                _flow.WriteReturn(instruction);
                break;
            case Operation.Pha or Operation.Pla:
                _flow.WriteStack(instruction);
                break;
            default:
                WriteByAccess(instruction);
                break;
        }
    }

    private void WriteByAccess(Instruction instruction)
    {
        switch (instruction.Opcode.Access)
        {
            case OperandAccess.Write:
                _stores.WriteStore(instruction);
                break;
            case OperandAccess.Modify:
                _operations.WriteModify(instruction);
                break;
            case OperandAccess.None when instruction.IsBranch:
                _flow.WriteBranch(instruction);
                break;
            default:
                _operations.WriteSimple(instruction);
                break;
        }
    }
}
