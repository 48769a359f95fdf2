namespace DqnAspire.Atari2600.Processor;

/// <summary>What an instruction does with its operand.</summary>
internal enum OperandAccess : byte
{
    /// <summary>It has no operand in memory; or it is a jump, or it moves bytes to and from the stack.</summary>
    None,
    Read,
    Write,

    /// <summary>Reads a byte and writes it back changed.</summary>
    Modify,
}
