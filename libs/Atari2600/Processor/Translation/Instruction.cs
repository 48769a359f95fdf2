namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>An instruction of the program, decoded.</summary>
/// <param name="Address">Its 16-bit address, as the program counter has it.</param>
/// <param name="Opcode">Its first byte.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Mode">Where its operand is.</param>
/// <param name="Operand">The bytes after the opcode, low byte first; 0 if there are none.</param>
internal readonly record struct Instruction(int Address, int Opcode, Operation Operation, AddressMode Mode, int Operand)
{
    /// <summary>CPU cycles without penalties.</summary>
    public int Cycles => Opcodes.Cycles[Opcode];

    /// <summary>Bytes.</summary>
    public int Length => Operation == Operation.Jsr ? 3 : Mode switch
    {
        AddressMode.Implied => 1,
        AddressMode.Absolute or AddressMode.AbsoluteX or AddressMode.AbsoluteY => 3,
        _ => 2,
    };

    /// <summary>Address of the instruction behind it.</summary>
    public int Next => Address + Length;

    /// <summary>Where a branch, JMP or JSR goes.</summary>
    public int Target => Operation == Operation.Branch ? (Next + (sbyte)Operand) & 0xFFFF : Operand;

    /// <summary>Whether the next instruction is never the one behind it.</summary>
    public bool EndsPath => Operation is Operation.Jmp or Operation.Jsr or Operation.Rts or Operation.Untranslated;

    /// <summary>Decodes the instruction whose bytes are at the start of <paramref name="code"/>, three or more.</summary>
    public static Instruction Decode(int address, ReadOnlySpan<byte> code)
    {
        (Operation operation, AddressMode mode) = InstructionSet.Decode(code[0]);
        var instruction = new Instruction(address, code[0], operation, mode, 0);
        int operand = instruction.Length switch
        {
            1 => 0,
            2 => code[1],
            _ => code[1] | (code[2] << 8),
        };
        return instruction with { Operand = operand };
    }
}
