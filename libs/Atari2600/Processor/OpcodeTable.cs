namespace DqnAspire.Atari2600.Processor;

/// <summary>
/// The instruction set of the 6507: what each opcode is, how long it is and what it costs. The translator and the slow
/// fetch read it. The interpreter's switch repeats it for speed; a test compares the two, and both with a copy that was
/// written down independently.
/// </summary>
internal static class OpcodeTable
{
    /// <summary>
    /// The opcodes 00, 01, ... FF, sixteen a line: mnemonic, addressing mode, cycles. The modes are: # immediate, z
    /// zero page, w absolute (a word), x or y after them the index, i indirect, r relative; none is implied. BRK has a
    /// second byte, which it skips. ALE: LAX nn (A7) takes 4 cycles, one more than the chip; KIL counts 2.
    /// </summary>
    private const string Matrix = """
        BRK#7  ORAix6 KIL2   SLOix8 NOPz3  ORAz3  ASLz5  SLOz5  PHP3   ORA#2  ASL2   ANC#2  NOPw4  ORAw4  ASLw6  SLOw6
        BPLr2  ORAiy5 KIL2   SLOiy8 NOPzx4 ORAzx4 ASLzx6 SLOzx6 CLC2   ORAwy4 NOP2   SLOwy7 NOPwx4 ORAwx4 ASLwx7 SLOwx7
        JSRw6  ANDix6 KIL2   RLAix8 BITz3  ANDz3  ROLz5  RLAz5  PLP4   AND#2  ROL2   ANC#2  BITw4  ANDw4  ROLw6  RLAw6
        BMIr2  ANDiy5 KIL2   RLAiy8 NOPzx4 ANDzx4 ROLzx6 RLAzx6 SEC2   ANDwy4 NOP2   RLAwy7 NOPwx4 ANDwx4 ROLwx7 RLAwx7
        RTI6   EORix6 KIL2   SREix8 NOPz3  EORz3  LSRz5  SREz5  PHA3   EOR#2  LSR2   ASR#2  JMPw3  EORw4  LSRw6  SREw6
        BVCr2  EORiy5 KIL2   SREiy8 NOPzx4 EORzx4 LSRzx6 SREzx6 CLI2   EORwy4 NOP2   SREwy7 NOPwx4 EORwx4 LSRwx7 SREwx7
        RTS6   ADCix6 KIL2   RRAix8 NOPz3  ADCz3  RORz5  RRAz5  PLA4   ADC#2  ROR2   ARR#2  JMPi5  ADCw4  RORw6  RRAw6
        BVSr2  ADCiy5 KIL2   RRAiy8 NOPzx4 ADCzx4 RORzx6 RRAzx6 SEI2   ADCwy4 NOP2   RRAwy7 NOPwx4 ADCwx4 RORwx7 RRAwx7
        NOP#2  STAix6 NOP#2  SAXix6 STYz3  STAz3  STXz3  SAXz3  DEY2   NOP#2  TXA2   ANE#2  STYw4  STAw4  STXw4  SAXw4
        BCCr2  STAiy6 KIL2   SHAiy6 STYzx4 STAzx4 STXzy4 SAXzy4 TYA2   STAwy5 TXS2   SHSwy5 SHYwx5 STAwx5 SHXwy5 SHAwy5
        LDY#2  LDAix6 LDX#2  LAXix6 LDYz3  LDAz3  LDXz3  LAXz4  TAY2   LDA#2  TAX2   LXA#2  LDYw4  LDAw4  LDXw4  LAXw4
        BCSr2  LDAiy5 KIL2   LAXiy5 LDYzx4 LDAzx4 LDXzy4 LAXzy4 CLV2   LDAwy4 TSX2   LASwy4 LDYwx4 LDAwx4 LDXwy4 LAXwy4
        CPY#2  CMPix6 NOP#2  DCPix8 CPYz3  CMPz3  DECz5  DCPz5  INY2   CMP#2  DEX2   SBX#2  CPYw4  CMPw4  DECw6  DCPw6
        BNEr2  CMPiy5 KIL2   DCPiy8 NOPzx4 CMPzx4 DECzx6 DCPzx6 CLD2   CMPwy4 NOP2   DCPwy7 NOPwx4 CMPwx4 DECwx7 DCPwx7
        CPX#2  SBCix6 NOP#2  ISBix8 CPXz3  SBCz3  INCz5  ISBz5  INX2   SBC#2  NOP2   SBC#2  CPXw4  SBCw4  INCw6  ISBw6
        BEQr2  SBCiy5 KIL2   ISBiy8 NOPzx4 SBCzx4 INCzx6 ISBzx6 SED2   SBCwy4 NOP2   ISBwy7 NOPwx4 SBCwx4 INCwx7 ISBwx7
        """;

    private static readonly Opcode[] Opcodes =
        [.. Matrix.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>The entry of an opcode, 0..255.</summary>
    public static ref readonly Opcode Get(int opcode) => ref Opcodes[opcode];

    private static Opcode Parse(string entry)
    {
        var operation = Enum.Parse<Operation>(entry.AsSpan(0, 3), ignoreCase: true);
        var mode = ParseMode(entry[3..^1]);
        var length = mode switch
        {
            AddressMode.Implied => 1,
            AddressMode.Absolute or AddressMode.AbsoluteX or AddressMode.AbsoluteY or AddressMode.Indirect => 3,
            _ => 2,
        };
        return new Opcode(operation, mode, AccessOf(operation, mode), (byte)(entry[^1] - '0'), (byte)length);
    }

    private static AddressMode ParseMode(string mode) => mode switch
    {
        "" => AddressMode.Implied,
        "#" => AddressMode.Immediate,
        "z" => AddressMode.ZeroPage,
        "zx" => AddressMode.ZeroPageX,
        "zy" => AddressMode.ZeroPageY,
        "w" => AddressMode.Absolute,
        "wx" => AddressMode.AbsoluteX,
        "wy" => AddressMode.AbsoluteY,
        "ix" => AddressMode.IndirectX,
        "iy" => AddressMode.IndirectY,
        "r" => AddressMode.Relative,
        "i" => AddressMode.Indirect,
        _ => throw new FormatException($"There is no addressing mode \"{mode}\"."),
    };

    private static OperandAccess AccessOf(Operation operation, AddressMode mode) => operation switch
    {
        _ when mode is AddressMode.Implied or AddressMode.Relative => OperandAccess.None,
        Operation.Brk or Operation.Jsr or Operation.Jmp => OperandAccess.None,
        Operation.Sta or Operation.Stx or Operation.Sty or Operation.Sax => OperandAccess.Write,
        Operation.Sha or Operation.Shs or Operation.Shx or Operation.Shy => OperandAccess.Write,
        Operation.Asl or Operation.Lsr or Operation.Rol or Operation.Ror => OperandAccess.Modify,
        Operation.Inc or Operation.Dec or Operation.Dcp or Operation.Isb => OperandAccess.Modify,
        Operation.Slo or Operation.Rla or Operation.Sre or Operation.Rra => OperandAccess.Modify,
        _ => OperandAccess.Read,
    };
}
