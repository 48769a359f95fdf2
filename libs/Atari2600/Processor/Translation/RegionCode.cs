using System.Reflection.Emit;
using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// The code of a region while it is written: entries, exits, and what is counted at translation time instead of run
/// time. Cycles and instructions are summed while translating; the sums are added to the locals only where paths part
/// or meet, or where a chip is called.
/// </summary>
internal sealed class RegionCode
{
    public const int AddressMask = 0x1FFF;

    /// <summary>First address of the RAM in page zero.</summary>
    public const int RamStart = 0x80;

    /// <summary>Last address of page zero.</summary>
    public const int PageZeroEnd = 0xFF;

    private readonly int _baseAddress;
    private readonly Dictionary<int, Label> _labels = [];
    private readonly List<Exit> _exits = [];
    private readonly Label _leave;
    private readonly Label _bail;

    /// <summary>Starts the method of a region.</summary>
    /// <param name="scan">The instructions.</param>
    /// <param name="run">The run of memory that they are in.</param>
    /// <param name="baseAddress">16-bit address of the run's first byte.</param>
    public RegionCode(RegionScan scan, CodeRun run, int baseAddress)
    {
        Scan = scan;
        Run = run;
        _baseAddress = baseAddress;
        Writer = new CodeWriter($"Code{baseAddress:X4}");
        (Dispatch, _leave, _bail) = (Writer.NewLabel(), Writer.NewLabel(), Writer.NewLabel());
        foreach (var instruction in scan.Instructions)
        {
            if (scan.IsLeader(instruction.Address))
            {
                _labels.Add(instruction.Address, Writer.NewLabel());
            }
        }
    }

    public RegionScan Scan { get; }

    public CodeRun Run { get; }

    public CodeWriter Writer { get; }

    /// <summary>Where returns continue: the jump to the entry at the program counter.</summary>
    public Label Dispatch { get; }

    /// <summary>Cycles of the instructions since the local was last brought up to date.</summary>
    public int PendingCycles { get; set; }

    /// <summary>Instructions finished since the number left was last brought up to date.</summary>
    public int PendingInstructions { get; set; }

    /// <summary>The byte on the data bus if it is known at translation time; otherwise it is in the local.</summary>
    public int? KnownDataBus { get; set; }

    /// <summary>Whether an address is in the RAM, and if so where in page zero.</summary>
    public static bool IsRam(int address, out int zeroPage)
    {
        zeroPage = (address & 0x7F) | RamStart;
        return (address & 0x1280) == 0x0080;
    }

    /// <summary>
    /// Offset of an address in the run of code; whether it and <paramref name="more"/> bytes after it are in the run.
    /// </summary>
    public bool IsInRun(int address, int more, out int offset)
    {
        offset = (address & AddressMask) - (int)Run.First;
        return offset >= 0 && offset + more < Run.Length;
    }

    /// <summary>Whether an instruction can be jumped to.</summary>
    public bool HasLabel(int address) => _labels.ContainsKey(address);

    /// <summary>Marks the label of an instruction, if it has one. All locals must be up to date there.</summary>
    public void MarkLabel(int address)
    {
        if (_labels.TryGetValue(address, out var label))
        {
            Writer.Mark(label);
            (PendingCycles, PendingInstructions, KnownDataBus) = (0, 0, null);
        }
    }

    /// <summary>Pushes the cycle counter as it is at the current instruction.</summary>
    public void LoadCycles()
    {
        Writer.Load(Writer.Cycles);
        if (PendingCycles != 0)
        {
            Writer.Emit(OpCodes.Add, PendingCycles);
        }
    }

    /// <summary>An exit from the current point to an address; its code follows at the end of the method.</summary>
    /// <param name="address">Where the program continues.</param>
    /// <param name="bails">The interpreter must execute the instruction there.</param>
    public Label ExitTo(int address, bool bails)
    {
        var exit = new Exit(Writer.NewLabel(), address, PendingCycles, PendingInstructions, KnownDataBus, bails);
        _exits.Add(exit);
        return exit.Label;
    }

    /// <summary>Brings the locals up to date.</summary>
    public void Settle()
    {
        SettleCycles();
        Writer.Count(PendingInstructions);
        PendingInstructions = 0;
        if (KnownDataBus is int value)
        {
            Writer.Set(Writer.DataBus, value);
            KnownDataBus = null;
        }
    }

    /// <summary>Brings the cycle counter up to date.</summary>
    public void SettleCycles()
    {
        Writer.Add(Writer.Cycles, PendingCycles);
        PendingCycles = 0;
    }

    /// <summary>Continues at an address; a jump back checks the instruction limit.</summary>
    public void GoTo(int target, int source)
    {
        if (!_labels.TryGetValue(target, out var label))
        {
            Writer.Emit(OpCodes.Br, ExitTo(target, bails: false));
            return;
        }

        Settle();
        if (target <= source)
        {
            Writer.LoadLeft();
            Writer.Constant(Scan.Instructions.Count);
            Writer.Emit(OpCodes.Blt, ExitTo(target, bails: true));
        }

        Writer.Emit(OpCodes.Br, label);
    }

    /// <summary>
    /// Writes where the method starts and returns continue: the jump to the entry at the program counter. Returns the
    /// number of the entry for each offset in the run; 0 where there is none.
    /// </summary>
    public ushort[] WriteDispatch()
    {
        var numbers = new ushort[Run.Length];
        var targets = new List<Label> { _leave };
        foreach (var address in Scan.Entries)
        {
            numbers[address - _baseAddress] = (ushort)targets.Count;
            targets.Add(_labels[address]);
        }

        Writer.Mark(Dispatch);
        Writer.LoadLeft();
        Writer.Constant(Scan.Instructions.Count);
        Writer.Emit(OpCodes.Blt, _bail);
        Writer.Load(Writer.PC);
        Writer.Emit(OpCodes.Sub, _baseAddress);
        Writer.Store(Writer.Scratch);
        Writer.Load(Writer.Scratch);
        Writer.Constant(numbers.Length);
        Writer.Emit(OpCodes.Bge_Un, _leave);
        Writer.LoadEntries();
        Writer.Load(Writer.Scratch);
        Writer.Emit(OpCodes.Ldelem_U2);
        Writer.Il.Emit(OpCodes.Switch, targets.ToArray());
        Writer.Emit(OpCodes.Br, _leave);
        return numbers;
    }

    /// <summary>Writes the exits and the two ends of the method.</summary>
    public void WriteExits()
    {
        foreach (var exit in _exits)
        {
            Writer.Mark(exit.Label);
            Writer.Add(Writer.Cycles, exit.Cycles);
            Writer.Count(exit.Instructions);
            if (exit.DataBus is int value)
            {
                Writer.Set(Writer.DataBus, value);
            }

            Writer.Set(Writer.PC, exit.Address);
            Writer.Emit(OpCodes.Br, exit.Bails ? _bail : _leave);
        }

        Writer.Mark(_leave);
        Writer.StoreRegisters();
        Writer.LoadLeft();
        Writer.Emit(OpCodes.Ret);
        Writer.Mark(_bail);
        Writer.StoreRegisters();
        Writer.LoadLeft();
        Writer.Emit(OpCodes.Not);
        Writer.Emit(OpCodes.Ret);
    }

    /// <summary>A way out of the translated code and what must be added to the locals there.</summary>
    private readonly record struct Exit(
        Label Label, int Address, int Cycles, int Instructions, int? DataBus, bool Bails);
}
