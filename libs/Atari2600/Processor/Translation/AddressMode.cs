namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>Where an instruction finds its operand.</summary>
internal enum AddressMode : byte
{
    /// <summary>Nowhere, or in the accumulator.</summary>
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
}
