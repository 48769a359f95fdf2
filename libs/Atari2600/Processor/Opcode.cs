namespace DqnAspire.Atari2600.Processor;

/// <summary>One of the 256 opcodes.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Mode">Where its operand is.</param>
/// <param name="Access">What it does with its operand.</param>
/// <param name="Cycles">CPU cycles without the penalties for taken branches and crossed pages.</param>
/// <param name="Length">Bytes of the instruction.</param>
internal readonly record struct Opcode(
    Operation Operation, AddressMode Mode, OperandAccess Access, byte Cycles, byte Length)
{
    /// <summary>
    /// Bytes that are fetched before the instruction does anything else: all, except that JSR fetches its last byte
    /// after its pushes.
    /// </summary>
    public int FetchLength => Operation == Operation.Jsr ? 2 : Length;

    /// <summary>Whether the instruction takes a cycle more when its index crosses a page.</summary>
    public bool HasPagePenalty => Access == OperandAccess.Read
        && Mode is AddressMode.AbsoluteX or AddressMode.AbsoluteY or AddressMode.IndirectY;
}
