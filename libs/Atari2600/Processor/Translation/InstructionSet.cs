namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>Which opcodes are translated, and what they are.</summary>
internal static class InstructionSet
{
    /// <summary>Addressing modes of opcodes xxx mmm 01, by mmm.</summary>
    private static ReadOnlySpan<AddressMode> Modes =>
    [
        AddressMode.IndirectX, AddressMode.ZeroPage, AddressMode.Immediate, AddressMode.Absolute,
        AddressMode.IndirectY, AddressMode.ZeroPageX, AddressMode.AbsoluteY, AddressMode.AbsoluteX,
    ];

    /// <summary>Operations of opcodes xxx mmm 01, by xxx.</summary>
    private static ReadOnlySpan<Operation> Accumulator =>
    [
        Operation.Ora, Operation.And, Operation.Eor, Operation.Adc, Operation.Sta, Operation.Lda, Operation.Cmp, Operation.Sbc,
    ];

    /// <summary>Operations of opcodes xxx mmm 10 that change memory, by xxx.</summary>
    private static ReadOnlySpan<Operation> Changes =>
    [
        Operation.Asl, Operation.Rol, Operation.Lsr, Operation.Ror,
        Operation.Untranslated, Operation.Untranslated, Operation.Dec, Operation.Inc,
    ];

    /// <summary>The operation and addressing mode of an opcode.</summary>
    public static (Operation Operation, AddressMode Mode) Decode(int opcode) => opcode switch
    {
        0x89 => (Operation.Nop, AddressMode.Immediate),
        0xA2 => (Operation.Ldx, AddressMode.Immediate),
        0xA6 => (Operation.Ldx, AddressMode.ZeroPage),
        0xAE => (Operation.Ldx, AddressMode.Absolute),
        0xB6 => (Operation.Ldx, AddressMode.ZeroPageY),
        0xBE => (Operation.Ldx, AddressMode.AbsoluteY),
        0xA0 => (Operation.Ldy, AddressMode.Immediate),
        0xA4 => (Operation.Ldy, AddressMode.ZeroPage),
        0xAC => (Operation.Ldy, AddressMode.Absolute),
        0xB4 => (Operation.Ldy, AddressMode.ZeroPageX),
        0xBC => (Operation.Ldy, AddressMode.AbsoluteX),
        0xA3 => (Operation.Lax, AddressMode.IndirectX),
        0xA7 => (Operation.Lax, AddressMode.ZeroPage),
        0xAF => (Operation.Lax, AddressMode.Absolute),
        0xB3 => (Operation.Lax, AddressMode.IndirectY),
        0xB7 => (Operation.Lax, AddressMode.ZeroPageY),
        0xBF => (Operation.Lax, AddressMode.AbsoluteY),
        0x86 => (Operation.Stx, AddressMode.ZeroPage),
        0x8E => (Operation.Stx, AddressMode.Absolute),
        0x96 => (Operation.Stx, AddressMode.ZeroPageY),
        0x84 => (Operation.Sty, AddressMode.ZeroPage),
        0x8C => (Operation.Sty, AddressMode.Absolute),
        0x94 => (Operation.Sty, AddressMode.ZeroPageX),
        0x83 => (Operation.Sax, AddressMode.IndirectX),
        0x87 => (Operation.Sax, AddressMode.ZeroPage),
        0x8F => (Operation.Sax, AddressMode.Absolute),
        0x97 => (Operation.Sax, AddressMode.ZeroPageY),
        0x24 => (Operation.Bit, AddressMode.ZeroPage),
        0x2C => (Operation.Bit, AddressMode.Absolute),
        0xE0 => (Operation.Cpx, AddressMode.Immediate),
        0xE4 => (Operation.Cpx, AddressMode.ZeroPage),
        0xEC => (Operation.Cpx, AddressMode.Absolute),
        0xC0 => (Operation.Cpy, AddressMode.Immediate),
        0xC4 => (Operation.Cpy, AddressMode.ZeroPage),
        0xCC => (Operation.Cpy, AddressMode.Absolute),
        0xC7 => (Operation.Dcp, AddressMode.ZeroPage),
        0xCF => (Operation.Dcp, AddressMode.Absolute),
        0xD7 => (Operation.Dcp, AddressMode.ZeroPageX),
        0xAA => (Operation.Tax, AddressMode.Implied),
        0xA8 => (Operation.Tay, AddressMode.Implied),
        0x8A => (Operation.Txa, AddressMode.Implied),
        0x98 => (Operation.Tya, AddressMode.Implied),
        0xBA => (Operation.Tsx, AddressMode.Implied),
        0x9A => (Operation.Txs, AddressMode.Implied),
        0xE8 => (Operation.Inx, AddressMode.Implied),
        0xC8 => (Operation.Iny, AddressMode.Implied),
        0xCA => (Operation.Dex, AddressMode.Implied),
        0x88 => (Operation.Dey, AddressMode.Implied),
        0x18 => (Operation.Clc, AddressMode.Implied),
        0x38 => (Operation.Sec, AddressMode.Implied),
        0xB8 => (Operation.Clv, AddressMode.Implied),
        0xD8 => (Operation.Cld, AddressMode.Implied),
        0x58 => (Operation.Cli, AddressMode.Implied),
        0x78 => (Operation.Sei, AddressMode.Implied),
        0x1A or 0x3A or 0x5A or 0x7A or 0xDA or 0xEA or 0xFA => (Operation.Nop, AddressMode.Implied),
        0x04 or 0x44 or 0x64 => (Operation.Nop, AddressMode.ZeroPage),
        0x80 or 0x82 or 0xC2 or 0xE2 => (Operation.Nop, AddressMode.Immediate),
        0x48 => (Operation.Pha, AddressMode.Implied),
        0x68 => (Operation.Pla, AddressMode.Implied),
        0x4C => (Operation.Jmp, AddressMode.Absolute),
        0x20 => (Operation.Jsr, AddressMode.Absolute),
        0x60 => (Operation.Rts, AddressMode.Implied),
        _ when (opcode & 0x1F) == 0x10 => (Operation.Branch, AddressMode.Immediate),
        _ when (opcode & 0x03) == 0x01 => (Accumulator[opcode >> 5], Modes[(opcode >> 2) & 7]),
        _ when (opcode & 0x03) == 0x02 && Changes[opcode >> 5] != Operation.Untranslated => DecodeChange(opcode),
        _ => (Operation.Untranslated, AddressMode.Implied),
    };

    private static (Operation Operation, AddressMode Mode) DecodeChange(int opcode)
    {
        Operation operation = Changes[opcode >> 5];
        bool shifts = opcode < 0x80;
        return ((opcode >> 2) & 7) switch
        {
            1 => (operation, AddressMode.ZeroPage),
            2 when shifts => (operation, AddressMode.Implied),
            3 => (operation, AddressMode.Absolute),
            5 => (operation, AddressMode.ZeroPageX),
            _ => (Operation.Untranslated, AddressMode.Implied),
        };
    }
}
