namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// The 6507 as ALE's fast core has it: the opcode is fetched first, then the instruction's whole base time passes, then
/// everything else is read and written at that later time. A read-modify-write instruction writes once.
/// </summary>
public sealed class ReferenceCpu(ReferenceBus bus)
{
    private const ushort Stack = 0x0100;

    private bool _n;
    private bool _v;
    private bool _d;
    private bool _i;
    private bool _z;
    private bool _c;

    public byte A { get; private set; }

    public byte X { get; private set; }

    public byte Y { get; private set; }

    public byte SP { get; private set; }

    public ushort PC { get; private set; }

    /// <summary>The flags as PHP pushes them: NV-BDIZC, with bits 5 and 4 always set.</summary>
    public byte P
    {
        get => (byte)(
            (_n ? 0x80 : 0) | (_v ? 0x40 : 0) | 0x30 | (_d ? 8 : 0) | (_i ? 4 : 0) | (_z ? 2 : 0) | (_c ? 1 : 0));
        private set
        {
            _n = (value & 0x80) != 0;
            _v = (value & 0x40) != 0;
            _d = (value & 0x08) != 0;
            _i = (value & 0x04) != 0;
            _z = (value & 0x02) != 0;
            _c = (value & 0x01) != 0;
        }
    }

    /// <summary>A KIL instruction was met: nothing happens until the next reset.</summary>
    public bool IsJammed { get; private set; }

    public void Reset()
    {
        A = X = Y = 0;
        SP = 0xFF;
        P = 0;
        IsJammed = false;
        bus.LastAccessWasRead = true;
        PC = ReadWord(0xFFFC, 0xFFFD);
    }

    /// <summary>Executes one instruction.</summary>
    public void Step()
    {
        var instruction = ReferenceInstructionSet.Decode(Fetch());
        bus.Cycles += instruction.Cycles;
        var address = AddressOf(instruction);
        switch (instruction.Access)
        {
            case ReferenceAccess.None: ExecuteImplied(instruction.Name, address); break;
            case ReferenceAccess.Read: ExecuteRead(instruction.Name, bus.Read(address)); break;
            case ReferenceAccess.Write: bus.Write(address, Stored(instruction.Name, address)); break;
            default:
                var before = bus.Read(address);
                var after = Modified(instruction.Name, before);
                bus.Write(address, after);
                Combine(instruction.Name, after);
                break;
        }
    }

    private static bool CrossesPage(int from, int to) => (from & 0xFF00) != (to & 0xFF00);

    private byte Fetch() => bus.Read(PC++);

    private ushort ReadWord(ushort low, ushort high)
    {
        var lowByte = bus.Read(low);
        return (ushort)(lowByte | (bus.Read(high) << 8));
    }

    private ushort FetchWord()
    {
        var low = Fetch();
        return (ushort)(low | (Fetch() << 8));
    }

    private ushort AddressOf(ReferenceInstruction instruction)
    {
        var reads = instruction.Access == ReferenceAccess.Read;
        switch (instruction.Mode)
        {
            case ReferenceMode.Immediate: return PC++;
            case ReferenceMode.ZeroPage: return Fetch();
            case ReferenceMode.ZeroPageX: return (byte)(Fetch() + X);
            case ReferenceMode.ZeroPageY: return (byte)(Fetch() + Y);
            case ReferenceMode.Absolute: return FetchWord();
            case ReferenceMode.AbsoluteX: return Indexed(FetchWord(), X, reads);
            case ReferenceMode.AbsoluteY: return Indexed(FetchWord(), Y, reads);
            case ReferenceMode.Indirect:
                // The pointer's high byte comes from the same page.
                var pointer = FetchWord();
                return ReadWord(pointer, (ushort)((pointer & 0xFF00) | ((pointer + 1) & 0x00FF)));
            case ReferenceMode.IndirectX: return ZeroPageWord((byte)(Fetch() + X));
            case ReferenceMode.IndirectY: return Indexed(ZeroPageWord(Fetch()), Y, reads);
            default:
                return 0;
        }
    }

    private ushort Indexed(ushort start, byte index, bool reads)
    {
        if (reads && CrossesPage(start, start + index))
        {
            bus.Cycles++;
        }

        return (ushort)(start + index);
    }

    /// <summary>
    /// A pointer at $FF has its high byte at $100, which is a TIA register; hardware would wrap to $00.
    /// </summary>
    private ushort ZeroPageWord(byte pointer) => ReadWord(pointer, (ushort)(pointer + 1));

    private void Push(byte value) => bus.Write((ushort)(Stack + SP--), value);

    /// <summary>The read of the old top of stack that comes before the first pull.</summary>
    private void BeginPull() => bus.Read((ushort)(Stack + SP));

    private byte Pull() => bus.Read((ushort)(Stack + ++SP));

    private byte Flagged(int value)
    {
        _z = (value & 0xFF) == 0;
        _n = (value & 0x80) != 0;
        return (byte)value;
    }

    private void ExecuteImplied(string name, ushort address)
    {
        switch (name)
        {
            case "NOP": break;
            case "KIL": IsJammed = true; break;
            case "CLC": _c = false; break;
            case "SEC": _c = true; break;
            case "CLI": _i = false; break;
            case "SEI": _i = true; break;
            case "CLV": _v = false; break;
            case "CLD": _d = false; break;
            case "SED": _d = true; break;
            case "TAX": X = Flagged(A); break;
            case "TAY": Y = Flagged(A); break;
            case "TXA": A = Flagged(X); break;
            case "TYA": A = Flagged(Y); break;
            case "TSX": X = Flagged(SP); break;
            case "TXS": SP = X; break;
            case "INX": X = Flagged(X + 1); break;
            case "INY": Y = Flagged(Y + 1); break;
            case "DEX": X = Flagged(X - 1); break;
            case "DEY": Y = Flagged(Y - 1); break;
            case "ASL" or "LSR" or "ROL" or "ROR": A = Modified(name, A); break;
            case "PHA": Push(A); break;
            case "PHP": Push(P); break;
            case "PLA": BeginPull(); A = Flagged(Pull()); break;
            case "PLP": BeginPull(); P = Pull(); break;
            case "JMP": PC = address; break;
            case "JSR":
                var low = Fetch();
                BeginPull();
                Push((byte)(PC >> 8));
                Push((byte)PC);
                PC = (ushort)(low | (Fetch() << 8));
                break;
            case "RTS": BeginPull(); PC = PullWord(); Fetch(); break;
            case "RTI": BeginPull(); P = Pull(); PC = PullWord(); break;
            case "BRK":
                Fetch();
                Push((byte)(PC >> 8));
                Push((byte)PC);
                Push(P);
                _i = true;
                PC = ReadWord(0xFFFE, 0xFFFF);
                break;
            default: throw new InvalidOperationException(name);
        }
    }

    private ushort PullWord()
    {
        var low = Pull();
        return (ushort)(low | (Pull() << 8));
    }

    private void ExecuteRead(string name, byte operand)
    {
        switch (name)
        {
            case "NOP": break;
            case "LDA": A = Flagged(operand); break;
            case "LDX": X = Flagged(operand); break;
            case "LDY": Y = Flagged(operand); break;
            case "LAX": A = X = Flagged(operand); break;
            case "LAS": A = X = SP = Flagged(SP & operand); break;
            case "ORA": A = Flagged(A | operand); break;
            case "AND": A = Flagged(A & operand); break;
            case "EOR": A = Flagged(A ^ operand); break;
            case "ANC": A = Flagged(A & operand); _c = _n; break;
            case "ASR": A = Modified("LSR", (byte)(A & operand)); break;
            case "ARR": AndRotateRight(operand); break;
            case "ANE": A = Flagged((A | 0xEE) & X & operand); break;
            case "LXA": A = X = Flagged((A | 0xEE) & operand); break;
            case "SBX": _c = (A & X) >= operand; X = Flagged((A & X) - operand); break;
            case "BIT": _z = (A & operand) == 0; _n = (operand & 0x80) != 0; _v = (operand & 0x40) != 0; break;
            case "CMP": Compare(A, operand); break;
            case "CPX": Compare(X, operand); break;
            case "CPY": Compare(Y, operand); break;
            case "ADC": Add(operand); break;
            case "SBC": Subtract(operand); break;
            case "BPL": Branch(!_n, operand); break;
            case "BMI": Branch(_n, operand); break;
            case "BVC": Branch(!_v, operand); break;
            case "BVS": Branch(_v, operand); break;
            case "BCC": Branch(!_c, operand); break;
            case "BCS": Branch(_c, operand); break;
            case "BNE": Branch(!_z, operand); break;
            case "BEQ": Branch(_z, operand); break;
            default: throw new InvalidOperationException(name);
        }
    }

    private byte Stored(string name, ushort address)
    {
        var highPlusOne = (address >> 8) + 1;
        switch (name)
        {
            case "STA": return A;
            case "STX": return X;
            case "STY": return Y;
            case "SAX": return (byte)(A & X);
            case "SHA": return (byte)(A & X & highPlusOne);
            case "SHX": return (byte)(X & highPlusOne);
            case "SHY": return (byte)(Y & highPlusOne);
            case "SHS":
                SP = (byte)(A & X);
                return (byte)(SP & highPlusOne);
            default: throw new InvalidOperationException(name);
        }
    }

    /// <summary>The changed byte of a read-modify-write instruction, with its carry, N and Z.</summary>
    private byte Modified(string name, byte value)
    {
        var carryIn = _c ? 1 : 0;
        switch (name)
        {
            case "ASL" or "SLO":
                _c = (value & 0x80) != 0;
                return Flagged(value << 1);
            case "ROL" or "RLA":
                _c = (value & 0x80) != 0;
                return Flagged((value << 1) | carryIn);
            case "LSR" or "SRE":
                _c = (value & 0x01) != 0;
                return Flagged(value >> 1);
            case "ROR" or "RRA":
                _c = (value & 0x01) != 0;
                return Flagged((value >> 1) | (carryIn << 7));
            case "INC" or "ISB": return Flagged(value + 1);
            case "DEC" or "DCP": return Flagged(value - 1);
            default: throw new InvalidOperationException(name);
        }
    }

    /// <summary>The second half of the undocumented pairs: what happens to A once memory is written.</summary>
    private void Combine(string name, byte value)
    {
        switch (name)
        {
            case "SLO": A = Flagged(A | value); break;
            case "RLA": A = Flagged(A & value); break;
            case "SRE": A = Flagged(A ^ value); break;
            case "RRA": Add(value); break;
            case "ISB": Subtract(value); break;
            case "DCP": Compare(A, value); break;
        }
    }

    private void Compare(byte register, byte operand)
    {
        _c = register >= operand;
        Flagged(register - operand);
    }

    private void Branch(bool taken, byte operand)
    {
        if (taken)
        {
            var target = (ushort)(PC + (sbyte)operand);
            bus.Cycles += CrossesPage(PC, target) ? 2u : 1u;
            PC = target;
        }
    }

    private void Add(byte operand)
    {
        var before = A;
        var carry = _c ? 1 : 0;
        if (_d)
        {
            var sum = FromDecimal(A) + FromDecimal(operand) + carry;
            _c = sum > 99;
            A = Flagged(ToDecimal(sum & 0xFF));
            DecimalOverflow(before, operand);
        }
        else
        {
            var sum = A + operand + carry;
            _c = sum > 0xFF;
            _v = (~(A ^ operand) & (A ^ sum) & 0x80) != 0;
            A = Flagged(sum);
        }
    }

    private void Subtract(byte operand)
    {
        if (!_d)
        {
            Add((byte)~operand);
            return;
        }

        var before = A;
        var borrow = _c ? 0 : 1;
        var difference = FromDecimal(A) - FromDecimal(operand) - borrow;
        A = Flagged(ToDecimal(difference < 0 ? difference + 100 : difference));
        _c = before >= operand + borrow;
        DecimalOverflow(before, operand);
    }

    private void DecimalOverflow(byte before, byte operand) => _v = ((before ^ A) & (A ^ operand) & 0x80) != 0;

    /// <summary>Digits above 9 count as they are: $1F is 25.</summary>
    private static int FromDecimal(int digits) => ((digits >> 4) * 10) + (digits & 0x0F);

    /// <summary>
    /// Two digits. Operands that are not decimal can leave a difference below zero after the correction; ALE then looks
    /// before the start of its table, where the table of <see cref="FromDecimal"/> ends.
    /// </summary>
    private static int ToDecimal(int number) => number < 0
        ? FromDecimal(number + 256)
        : (number % 100 / 10 * 16) + (number % 10);

    private void AndRotateRight(byte operand)
    {
        var masked = (byte)(A & operand);
        var carryIn = _c;
        A = Flagged((masked >> 1) | (carryIn ? 0x80 : 0));
        if (!_d)
        {
            _c = (A & 0x40) != 0;
            _v = ((A ^ (A << 1)) & 0x40) != 0;
            return;
        }

        _v = ((masked ^ A) & 0x40) != 0;
        if ((masked & 0x0F) + (masked & 0x01) > 0x05)
        {
            A = (byte)((A & 0xF0) | ((A + 0x06) & 0x0F));
        }

        _c = (masked & 0xF0) + (masked & 0x10) > 0x50;
        if (_c)
        {
            A += 0x60;
        }
    }
}
