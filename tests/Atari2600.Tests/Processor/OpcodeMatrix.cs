namespace DqnAspire.Atari2600.Tests.Processor;

/// <summary>Ways to name an operand.</summary>
public enum AddressingMode
{
    None,
    Immediate,
    ZeroPage,
    ZeroPageX,
    ZeroPageY,
    Absolute,
    AbsoluteX,
    AbsoluteY,
    IndirectX,
    IndirectY,
    Relative,
    Indirect,
}

/// <summary>The 256 opcodes as the published matrices of the NMOS 6502 show them: a mnemonic and an addressing mode each.</summary>
internal static class OpcodeMatrix
{
    // After the mnemonic: # immediate, z zero page, w absolute, x and y the index, i indirect, r relative.
    private const string Matrix = """
        BRK  ORAix KIL  SLOix NOPz  ORAz  ASLz  SLOz  PHP ORA#  ASL  ANC#  NOPw  ORAw  ASLw  SLOw
        BPLr ORAiy KIL  SLOiy NOPzx ORAzx ASLzx SLOzx CLC ORAwy NOP  SLOwy NOPwx ORAwx ASLwx SLOwx
        JSRw ANDix KIL  RLAix BITz  ANDz  ROLz  RLAz  PLP AND#  ROL  ANC#  BITw  ANDw  ROLw  RLAw
        BMIr ANDiy KIL  RLAiy NOPzx ANDzx ROLzx RLAzx SEC ANDwy NOP  RLAwy NOPwx ANDwx ROLwx RLAwx
        RTI  EORix KIL  SREix NOPz  EORz  LSRz  SREz  PHA EOR#  LSR  ASR#  JMPw  EORw  LSRw  SREw
        BVCr EORiy KIL  SREiy NOPzx EORzx LSRzx SREzx CLI EORwy NOP  SREwy NOPwx EORwx LSRwx SREwx
        RTS  ADCix KIL  RRAix NOPz  ADCz  RORz  RRAz  PLA ADC#  ROR  ARR#  JMPi  ADCw  RORw  RRAw
        BVSr ADCiy KIL  RRAiy NOPzx ADCzx RORzx RRAzx SEI ADCwy NOP  RRAwy NOPwx ADCwx RORwx RRAwx
        NOP# STAix NOP# SAXix STYz  STAz  STXz  SAXz  DEY NOP#  TXA  ANE#  STYw  STAw  STXw  SAXw
        BCCr STAiy KIL  SHAiy STYzx STAzx STXzy SAXzy TYA STAwy TXS  SHSwy SHYwx STAwx SHXwy SHAwy
        LDY# LDAix LDX# LAXix LDYz  LDAz  LDXz  LAXz  TAY LDA#  TAX  LXA#  LDYw  LDAw  LDXw  LAXw
        BCSr LDAiy KIL  LAXiy LDYzx LDAzx LDXzy LAXzy CLV LDAwy TSX  LASwy LDYwx LDAwx LDXwy LAXwy
        CPY# CMPix NOP# DCPix CPYz  CMPz  DECz  DCPz  INY CMP#  DEX  SBX#  CPYw  CMPw  DECw  DCPw
        BNEr CMPiy KIL  DCPiy NOPzx CMPzx DECzx DCPzx CLD CMPwy NOP  DCPwy NOPwx CMPwx DECwx DCPwx
        CPX# SBCix NOP# ISBix CPXz  SBCz  INCz  ISBz  INX SBC#  NOP  SBC#  CPXw  SBCw  INCw  ISBw
        BEQr SBCiy KIL  ISBiy NOPzx SBCzx INCzx ISBzx SED SBCwy NOP  ISBwy NOPwx SBCwx INCwx ISBwx
        """;

    private static readonly HashSet<string> s_writers = ["STA", "STX", "STY", "SAX", "SHA", "SHS", "SHX", "SHY"];

    private static readonly HashSet<string> s_modifiers =
        ["ASL", "LSR", "ROL", "ROR", "INC", "DEC", "SLO", "RLA", "SRE", "RRA", "DCP", "ISB"];

    private static readonly (string Mnemonic, AddressingMode Mode)[] s_opcodes =
        [.. Matrix.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(entry => (entry[..3], Mode(entry[3..])))];

    /// <summary>What an opcode does, and on what.</summary>
    public static (string Mnemonic, AddressingMode Mode) Decode(int opcode) => s_opcodes[opcode];

    /// <summary>The opcodes of a mnemonic.</summary>
    public static IEnumerable<int> Opcodes(string mnemonic) =>
        Enumerable.Range(0, 256).Where(opcode => s_opcodes[opcode].Mnemonic == mnemonic);

    /// <summary>Whether the instruction stores without looking at what was there.</summary>
    public static bool Writes(string mnemonic) => s_writers.Contains(mnemonic);

    /// <summary>Whether the instruction reads memory and writes it back.</summary>
    public static bool Modifies(string mnemonic) => s_modifiers.Contains(mnemonic);

    /// <summary>Bytes of an instruction.</summary>
    public static int Length(AddressingMode mode) => mode switch
    {
        AddressingMode.None => 1,
        AddressingMode.Absolute or AddressingMode.AbsoluteX or AddressingMode.AbsoluteY or AddressingMode.Indirect => 3,
        _ => 2,
    };

    /// <summary>
    /// Cycles without penalties, from the bus accesses that the chip makes: opcode and operand bytes, the operand, one
    /// more for an index or a modification. ALE: LAX nn takes one more.
    /// </summary>
    public static int Cycles(int opcode)
    {
        (string mnemonic, AddressingMode mode) = s_opcodes[opcode];
        switch (mnemonic)
        {
            case "BRK":
                return 7;
            case "JSR" or "RTS" or "RTI":
                return 6;
            case "PLA" or "PLP":
                return 4;
            case "PHA" or "PHP":
                return 3;
            case "JMP":
                return mode == AddressingMode.Indirect ? 5 : 3;
            case "LAX" when mode == AddressingMode.ZeroPage:
                return 4;
        }

        int read = mode switch
        {
            AddressingMode.None or AddressingMode.Immediate or AddressingMode.Relative => 2,
            AddressingMode.ZeroPage => 3,
            AddressingMode.IndirectX => 6,
            AddressingMode.IndirectY => 5,
            _ => 4,
        };
        bool fixup = mode is AddressingMode.AbsoluteX or AddressingMode.AbsoluteY or AddressingMode.IndirectY;
        return Modifies(mnemonic) && mode != AddressingMode.None ? read + 2 + (fixup ? 1 : 0)
            : Writes(mnemonic) && fixup ? read + 1
            : read;
    }

    /// <summary>Whether the instruction takes a cycle more when its index crosses a page.</summary>
    public static bool HasPagePenalty(int opcode)
    {
        (string mnemonic, AddressingMode mode) = s_opcodes[opcode];
        return mode is AddressingMode.AbsoluteX or AddressingMode.AbsoluteY or AddressingMode.IndirectY
            && !Writes(mnemonic) && !Modifies(mnemonic);
    }

    private static AddressingMode Mode(string suffix) => suffix switch
    {
        "" => AddressingMode.None,
        "#" => AddressingMode.Immediate,
        "z" => AddressingMode.ZeroPage,
        "zx" => AddressingMode.ZeroPageX,
        "zy" => AddressingMode.ZeroPageY,
        "w" => AddressingMode.Absolute,
        "wx" => AddressingMode.AbsoluteX,
        "wy" => AddressingMode.AbsoluteY,
        "ix" => AddressingMode.IndirectX,
        "iy" => AddressingMode.IndirectY,
        "r" => AddressingMode.Relative,
        _ => AddressingMode.Indirect,
    };
}
