namespace DqnAspire.Atari2600.Processor;

/// <summary>Where an instruction finds its operand.</summary>
internal enum AddressMode : byte
{
    /// <summary>Nowhere, or in a register.</summary>
    Implied,
    Immediate,
    ZeroPage,
    ZeroPageX,
    ZeroPageY,
    Absolute,
    AbsoluteX,
    AbsoluteY,

    /// <summary>(nn,X).</summary>
    IndirectX,

    /// <summary>(nn),Y.</summary>
    IndirectY,

    /// <summary>The target of a branch, as a distance from the next instruction.</summary>
    Relative,

    /// <summary>(nnnn): the target of a jump.</summary>
    Indirect,
}
