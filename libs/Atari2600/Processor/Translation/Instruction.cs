namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>An instruction of the program, decoded.</summary>
/// <param name="Address">Its 16-bit address, as the program counter has it.</param>
/// <param name="Code">Its first byte.</param>
/// <param name="Operand">The bytes after the opcode, low byte first; 0 if there are none.</param>
internal readonly record struct Instruction(int Address, int Code, int Operand)
{
    public Operation Operation => Opcode.Operation;

    public AddressMode Mode => Opcode.Mode;

    /// <summary>CPU cycles without penalties.</summary>
    public int Cycles => Opcode.Cycles;

    public int Length => Opcode.Length;

    /// <summary>Whether it is a conditional branch.</summary>
    public bool IsBranch => Mode == AddressMode.Relative;

    /// <summary>Address of the instruction behind it.</summary>
    public int Next => Address + Length;

    /// <summary>Where a branch, JMP or JSR goes.</summary>
    public int Target => IsBranch ? (Next + (sbyte)Operand) & 0xFFFF : Operand;

    /// <summary>Whether it can be translated.</summary>
    public bool IsTranslated => TranslatedOpcodes.Contains(Opcode);

    /// <summary>Whether the next instruction is never the one behind it.</summary>
    public bool EndsPath => Operation is Operation.Jmp or Operation.Jsr or Operation.Rts || !IsTranslated;

    public ref readonly Opcode Opcode => ref OpcodeTable.Get(Code);

    /// <summary>
    /// Decodes the instruction whose bytes are at the start of <paramref name="code"/>, three or more.
    /// </summary>
    public static Instruction Decode(int address, ReadOnlySpan<byte> code)
    {
        var operand = OpcodeTable.Get(code[0]).Length switch
        {
            1 => 0,
            2 => code[1],
            _ => code[1] | (code[2] << 8),
        };
        return new Instruction(address, code[0], operand);
    }
}
