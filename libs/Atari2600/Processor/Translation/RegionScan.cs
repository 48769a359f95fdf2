namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Chooses the instructions of a region: those that can be reached from its roots by branches, jumps and calls without
/// leaving the run of memory, nearest first, until there are enough.
/// </summary>
internal sealed class RegionScan
{
    private readonly SortedDictionary<int, Instruction> _instructions = [];
    private readonly SortedSet<int> _leaders = [];
    private readonly SortedSet<int> _entries = [];
    private readonly Queue<int> _pending;

    /// <param name="code">The bytes of the run.</param>
    /// <param name="baseAddress">16-bit address of the first of them.</param>
    /// <param name="roots">Addresses at which the program was seen to arrive, the most important first.</param>
    /// <param name="max">Maximum number of instructions.</param>
    public RegionScan(ReadOnlySpan<byte> code, int baseAddress, IEnumerable<int> roots, int max)
    {
        _pending = new Queue<int>(roots);
        _entries.UnionWith(_pending);
        while (_instructions.Count < max && _pending.TryDequeue(out var address))
        {
            FollowPath(code, baseAddress, address, max);
        }

        _entries.IntersectWith(_instructions.Keys);
        _leaders.UnionWith(_entries);
        MarkOverlaps();
        _leaders.IntersectWith(_instructions.Keys);
    }

    /// <summary>The instructions in the order of their addresses.</summary>
    public IReadOnlyCollection<Instruction> Instructions => _instructions.Values;

    /// <summary>Addresses at which the code may be entered from outside or by a return.</summary>
    public IReadOnlySet<int> Entries => _entries;

    /// <summary>Whether an instruction is reached by more than the one in front of it.</summary>
    public bool IsLeader(int address) => _leaders.Contains(address);

    /// <summary>The instruction at an address, if it is in the region.</summary>
    public bool TryGet(int address, out Instruction instruction) => _instructions.TryGetValue(address, out instruction);

    private void FollowPath(ReadOnlySpan<byte> code, int baseAddress, int address, int max)
    {
        while (_instructions.Count < max && !_instructions.ContainsKey(address))
        {
            var at = address - baseAddress;
            if (at < 0 || at > code.Length - 3)
            {
                return;
            }

            var instruction = Instruction.Decode(address, code[at..]);
            if (!instruction.IsTranslated)
            {
                return;
            }

            _instructions.Add(address, instruction);
            AddTargets(instruction);
            if (instruction.EndsPath)
            {
                return;
            }

            address = instruction.Next;
        }
    }

    private void AddTargets(Instruction instruction)
    {
        if (!instruction.IsBranch && instruction.Operation is not (Operation.Jmp or Operation.Jsr))
        {
            return;
        }

        var target = instruction.Target;
        _leaders.Add(target);
        _pending.Enqueue(target);
        if (instruction.Operation == Operation.Jsr)
        {
            _entries.Add(instruction.Next);
            _pending.Enqueue(instruction.Next);
        }

        if (instruction.Operation == Operation.Jsr || target <= instruction.Address)
        {
            _entries.Add(target);
        }
    }

    /// <summary>
    /// Where instructions overlap, the one behind an instruction is not the next in order, and is jumped to.
    /// </summary>
    private void MarkOverlaps()
    {
        Instruction? last = null;
        foreach (var instruction in _instructions.Values)
        {
            if (last is { EndsPath: false } before && before.Next != instruction.Address)
            {
                _leaders.Add(before.Next);
            }

            last = instruction;
        }
    }
}
