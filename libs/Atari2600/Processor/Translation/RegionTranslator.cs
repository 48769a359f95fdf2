using System.Reflection.Emit;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Translates the instructions of a region. Cycles and instructions are counted while translating, and added up at run
/// time only where paths part or meet; a chip is told the cycle of each access exactly. What cannot be done at run time
/// is left to the interpreter, before anything of the instruction has happened.
/// </summary>
internal sealed partial class RegionTranslator
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

    /// <summary>A way out of the translated code and what is to be settled on it.</summary>
    private readonly record struct Exit(Label Label, int Address, int Cycles, int Count, int? DataBus, bool Bails);
}
