namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>How an instruction finds its operand.</summary>
public enum ReferenceMode
{
    Implied,
    Immediate,
    ZeroPage,
    ZeroPageX,
    ZeroPageY,
    Absolute,
    AbsoluteX,
    AbsoluteY,
    Indirect,
    IndirectX,
    IndirectY,
}

/// <summary>What an instruction does with the byte its addressing mode leads to.</summary>
public enum ReferenceAccess
{
    None,
    Read,
    Write,
    ReadModifyWrite,
}

/// <summary>One of the 256 opcodes.</summary>
public sealed record ReferenceInstruction(string Name, ReferenceMode Mode, ReferenceAccess Access, uint Cycles)
{
    private static readonly HashSet<string> Branches = ["BPL", "BMI", "BVC", "BVS", "BCC", "BCS", "BNE", "BEQ"];

    public bool IsBranch => Branches.Contains(Name);

    /// <summary>Whether the instruction takes a cycle more when its index crosses a page.</summary>
    public bool HasPagePenalty => Access == ReferenceAccess.Read
        && Mode is ReferenceMode.AbsoluteX or ReferenceMode.AbsoluteY or ReferenceMode.IndirectY;

    /// <summary>Bytes of the instruction; BRK skips a byte, and JSR has a word that it fetches by itself.</summary>
    public int Length => Name switch
    {
        "BRK" => 2,
        "JSR" => 3,
        _ => Mode switch
        {
            ReferenceMode.Implied => 1,
            ReferenceMode.Absolute or ReferenceMode.AbsoluteX or ReferenceMode.AbsoluteY or ReferenceMode.Indirect => 3,
            _ => 2,
        },
    };
}

/// <summary>
/// All 256 opcodes of the 6507, the undocumented ones included, with the times that ALE gives them. Names of the
/// undocumented ones are those of "NMOS 6510 Unintended Opcodes" except ASR (ALR) and SHS (TAS). The table was written
/// down independently of the emulator's own, and must stay so: the two prove each other.
/// </summary>
public static class ReferenceInstructionSet
{
    private const string Matrix = """
        BRK    ORA(z,x) KIL   SLO(z,x) NOPz   ORAz   ASLz   SLOz   PHP ORA#  ASL ANC#  NOPa   ORAa   ASLa   SLOa
        BPL#   ORA(z),y KIL   SLO(z),y NOPz,x ORAz,x ASLz,x SLOz,x CLC ORAa,y NOP SLOa,y NOPa,x ORAa,x ASLa,x SLOa,x
        JSR    AND(z,x) KIL   RLA(z,x) BITz   ANDz   ROLz   RLAz   PLP AND#  ROL ANC#  BITa   ANDa   ROLa   RLAa
        BMI#   AND(z),y KIL   RLA(z),y NOPz,x ANDz,x ROLz,x RLAz,x SEC ANDa,y NOP RLAa,y NOPa,x ANDa,x ROLa,x RLAa,x
        RTI    EOR(z,x) KIL   SRE(z,x) NOPz   EORz   LSRz   SREz   PHA EOR#  LSR ASR#  JMPa   EORa   LSRa   SREa
        BVC#   EOR(z),y KIL   SRE(z),y NOPz,x EORz,x LSRz,x SREz,x CLI EORa,y NOP SREa,y NOPa,x EORa,x LSRa,x SREa,x
        RTS    ADC(z,x) KIL   RRA(z,x) NOPz   ADCz   RORz   RRAz   PLA ADC#  ROR ARR#  JMP(a) ADCa   RORa   RRAa
        BVS#   ADC(z),y KIL   RRA(z),y NOPz,x ADCz,x RORz,x RRAz,x SEI ADCa,y NOP RRAa,y NOPa,x ADCa,x RORa,x RRAa,x
        NOP#   STA(z,x) NOP#  SAX(z,x) STYz   STAz   STXz   SAXz   DEY NOP#  TXA ANE#  STYa   STAa   STXa   SAXa
        BCC#   STA(z),y KIL   SHA(z),y STYz,x STAz,x STXz,y SAXz,y TYA STAa,y TXS SHSa,y SHYa,x STAa,x SHXa,y SHAa,y
        LDY#   LDA(z,x) LDX#  LAX(z,x) LDYz   LDAz   LDXz   LAXz   TAY LDA#  TAX LXA#  LDYa   LDAa   LDXa   LAXa
        BCS#   LDA(z),y KIL   LAX(z),y LDYz,x LDAz,x LDXz,y LAXz,y CLV LDAa,y TSX LASa,y LDYa,x LDAa,x LDXa,y LAXa,y
        CPY#   CMP(z,x) NOP#  DCP(z,x) CPYz   CMPz   DECz   DCPz   INY CMP#  DEX SBX#  CPYa   CMPa   DECa   DCPa
        BNE#   CMP(z),y KIL   DCP(z),y NOPz,x CMPz,x DECz,x DCPz,x CLD CMPa,y NOP DCPa,y NOPa,x CMPa,x DECa,x DCPa,x
        CPX#   SBC(z,x) NOP#  ISB(z,x) CPXz   SBCz   INCz   ISBz   INX SBC#  NOP SBC#  CPXa   SBCa   INCa   ISBa
        BEQ#   SBC(z),y KIL   ISB(z),y NOPz,x SBCz,x INCz,x ISBz,x SED SBCa,y NOP ISBa,y NOPa,x SBCa,x INCa,x ISBa,x
        """;

    private static readonly ReferenceInstruction[] Table =
        [.. Matrix.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    public static ReferenceInstruction Decode(byte opcode) => Table[opcode];

    /// <summary>The opcodes of a mnemonic.</summary>
    public static IEnumerable<int> Opcodes(string name) =>
        Enumerable.Range(0, 256).Where(opcode => Table[opcode].Name == name);

    private static ReferenceInstruction Parse(string text)
    {
        var name = text[..3];
        var mode = text[3..] switch
        {
            "" => ReferenceMode.Implied,
            "#" => ReferenceMode.Immediate,
            "z" => ReferenceMode.ZeroPage,
            "z,x" => ReferenceMode.ZeroPageX,
            "z,y" => ReferenceMode.ZeroPageY,
            "a" => ReferenceMode.Absolute,
            "a,x" => ReferenceMode.AbsoluteX,
            "a,y" => ReferenceMode.AbsoluteY,
            "(a)" => ReferenceMode.Indirect,
            "(z,x)" => ReferenceMode.IndirectX,
            "(z),y" => ReferenceMode.IndirectY,
            _ => throw new ArgumentException($"no such addressing mode: {text}", nameof(text)),
        };
        var access = AccessOf(name, mode);
        return new ReferenceInstruction(name, mode, access, CyclesOf(name, mode, access));
    }

    private static ReferenceAccess AccessOf(string name, ReferenceMode mode) => name switch
    {
        _ when mode == ReferenceMode.Implied => ReferenceAccess.None,
        "JMP" => ReferenceAccess.None,
        "STA" or "STX" or "STY" or "SAX" or "SHA" or "SHS" or "SHX" or "SHY" => ReferenceAccess.Write,
        "ASL" or "LSR" or "ROL" or "ROR" or "INC" or "DEC" => ReferenceAccess.ReadModifyWrite,
        "SLO" or "SRE" or "RLA" or "RRA" or "ISB" or "DCP" => ReferenceAccess.ReadModifyWrite,
        _ => ReferenceAccess.Read,
    };

    /// <summary>Without what page crossings and taken branches add.</summary>
    private static uint CyclesOf(string name, ReferenceMode mode, ReferenceAccess access)
    {
        switch (name)
        {
            case "BRK":
                return 7;
            case "JSR" or "RTS" or "RTI":
                return 6;
            case "PHA" or "PHP":
                return 3;
            case "PLA" or "PLP":
                return 4;
            case "JMP":
                return mode == ReferenceMode.Absolute ? 3u : 5u;
            case "LAX" when mode == ReferenceMode.ZeroPage:
                // 3 on hardware; ALE's table says 4.
                return 4;
        }

        uint reading = mode switch
        {
            ReferenceMode.Implied or ReferenceMode.Immediate => 2,
            ReferenceMode.ZeroPage => 3,
            ReferenceMode.IndirectX => 6,
            ReferenceMode.IndirectY => 5,
            _ => 4,
        };
        var mayCross = mode is ReferenceMode.AbsoluteX or ReferenceMode.AbsoluteY or ReferenceMode.IndirectY;

        // Only reads take the time of a page crossing as it comes; the others always take it.
        return access switch
        {
            ReferenceAccess.Write => reading + (mayCross ? 1u : 0u),
            ReferenceAccess.ReadModifyWrite => reading + 2 + (mayCross ? 1u : 0u),
            _ => reading,
        };
    }
}
