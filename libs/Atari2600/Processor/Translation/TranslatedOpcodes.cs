namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>
/// Which opcodes are translated. The others are left to the interpreter: they are rare, undocumented, or able to switch
/// decimal mode on.
/// </summary>
internal static class TranslatedOpcodes
{
    /// <summary>Whether an opcode is translated.</summary>
    public static bool Contains(Opcode opcode) => opcode.Operation switch
    {
        Operation.Jmp => opcode.Mode == AddressMode.Absolute,
        Operation.Nop => opcode.Mode is AddressMode.Implied or AddressMode.Immediate or AddressMode.ZeroPage,
        Operation.Asl or Operation.Lsr or Operation.Rol or Operation.Ror or Operation.Inc or Operation.Dec
            or Operation.Dcp => opcode.Mode
            is AddressMode.Implied or AddressMode.ZeroPage or AddressMode.ZeroPageX or AddressMode.Absolute,
        Operation.Brk or Operation.Php or Operation.Plp or Operation.Rti or Operation.Sed or Operation.Kil => false,
        Operation.Anc or Operation.Ane or Operation.Arr or Operation.Asr or Operation.Lxa or Operation.Sbx => false,
        Operation.Las or Operation.Sha or Operation.Shs or Operation.Shx or Operation.Shy => false,
        Operation.Slo or Operation.Rla or Operation.Sre or Operation.Rra or Operation.Isb => false,
        _ => true,
    };
}
