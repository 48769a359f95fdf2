using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tests.Reference;

namespace DqnAspire.Atari2600.Tests.Processor;

/// <summary>
/// Results and flags worked out by hand, for every addressing mode of each instruction. Stack, jumps and the stores
/// that use the address' high byte have tests of their own.
/// </summary>
public sealed class InstructionResultTests
{
    /// <summary>Here an instruction is fetched in one go.</summary>
    private const int PlainCode = 0x1000;

    /// <summary>Here byte by byte, as nothing follows the last page in memory.</summary>
    private const int LastPage = 0x1FF0;

    private static readonly string[] Elsewhere =
    [
        "KIL", "BRK", "JSR", "RTS", "RTI", "JMP", "PHA", "PHP", "PLA", "PLP", "SHA", "SHS", "SHX", "SHY",
        "BPL", "BMI", "BVC", "BVS", "BCC", "BCS", "BNE", "BEQ",
    ];

    [Theory]
    [InlineData("LDA", "M=00 C", "A=00 ZC")]
    [InlineData("LDA", "M=80", "A=80 N")]
    [InlineData("LDA", "M=7F NVZ", "A=7F V")]
    [InlineData("LDX", "M=00", "X=00 Z")]
    [InlineData("LDX", "M=FE C", "X=FE NC")]
    [InlineData("LDY", "M=00", "Y=00 Z")]
    [InlineData("LDY", "M=FE C", "Y=FE NC")]
    [InlineData("LAX", "M=00", "A=00 X=00 Z")]
    [InlineData("LAX", "M=C3 V", "A=C3 X=C3 NV")]
    [InlineData("STA", "A=9C NZ", "M=9C NZ")]
    [InlineData("STX", "X=00 C", "M=00 C")]
    [InlineData("STY", "Y=80", "M=80")]
    [InlineData("SAX", "A=F0 X=3C", "M=30")]
    [InlineData("SAX", "A=0F X=F0 NC", "M=00 NC")]
    [InlineData("TAX", "A=00", "X=00 Z")]
    [InlineData("TAX", "A=80", "X=80 N")]
    [InlineData("TAY", "A=00", "Y=00 Z")]
    [InlineData("TAY", "A=81", "Y=81 N")]
    [InlineData("TXA", "X=00", "A=00 Z")]
    [InlineData("TXA", "X=FF", "A=FF N")]
    [InlineData("TYA", "Y=00", "A=00 Z")]
    [InlineData("TYA", "Y=90", "A=90 N")]
    [InlineData("TSX", "S=00", "X=00 Z")]
    [InlineData("TSX", "S=80", "X=80 N")]
    [InlineData("TXS", "X=00", "S=00")]
    [InlineData("TXS", "X=80 Z", "S=80 Z")]
    [InlineData("ADC", "A=50 M=10", "A=60")]
    [InlineData("ADC", "A=50 M=50", "A=A0 NV")]
    [InlineData("ADC", "A=50 M=90", "A=E0 N")]
    [InlineData("ADC", "A=50 M=D0", "A=20 C")]
    [InlineData("ADC", "A=D0 M=10", "A=E0 N")]
    [InlineData("ADC", "A=D0 M=90", "A=60 VC")]
    [InlineData("ADC", "A=D0 M=D0", "A=A0 NC")]
    [InlineData("ADC", "A=FF M=00 C", "A=00 ZC")]
    [InlineData("ADC", "A=7F M=00 C", "A=80 NV")]
    [InlineData("ADC", "A=12 M=34 D", "A=46 D")]
    [InlineData("ADC", "A=58 M=46 DC", "A=05 DC")]
    [InlineData("ADC", "A=99 M=01 D", "A=00 DZC")]
    [InlineData("ADC", "A=40 M=40 D", "A=80 NVD")]
    [InlineData("SBC", "A=50 M=F0 C", "A=60")]
    [InlineData("SBC", "A=50 M=B0 C", "A=A0 NV")]
    [InlineData("SBC", "A=50 M=70 C", "A=E0 N")]
    [InlineData("SBC", "A=50 M=30 C", "A=20 C")]
    [InlineData("SBC", "A=D0 M=F0 C", "A=E0 N")]
    [InlineData("SBC", "A=D0 M=B0 C", "A=20 C")]
    [InlineData("SBC", "A=D0 M=70 C", "A=60 VC")]
    [InlineData("SBC", "A=D0 M=30 C", "A=A0 NC")]
    [InlineData("SBC", "A=50 M=50", "A=FF N")]
    [InlineData("SBC", "A=50 M=50 C", "A=00 ZC")]
    [InlineData("SBC", "A=46 M=12 DC", "A=34 DC")]
    [InlineData("SBC", "A=32 M=02 D", "A=29 DC")]
    [InlineData("SBC", "A=12 M=21 DC", "A=91 NVD")]
    [InlineData("AND", "A=F0 M=3C", "A=30")]
    [InlineData("AND", "A=F0 M=0F", "A=00 Z")]
    [InlineData("AND", "A=81 M=80", "A=80 N")]
    [InlineData("ORA", "A=00 M=00", "A=00 Z")]
    [InlineData("ORA", "A=80 M=01", "A=81 N")]
    [InlineData("ORA", "A=10 M=01 C", "A=11 C")]
    [InlineData("EOR", "A=FF M=0F", "A=F0 N")]
    [InlineData("EOR", "A=5A M=5A", "A=00 Z")]
    [InlineData("EOR", "A=01 M=03", "A=02")]
    [InlineData("BIT", "A=01 M=C0", "NVZ")]
    [InlineData("BIT", "A=40 M=40 C", "VC")]
    [InlineData("BIT", "A=80 M=80 V", "N")]
    [InlineData("BIT", "A=0F M=01 NVZ", "")]
    [InlineData("CMP", "A=40 M=40", "ZC")]
    [InlineData("CMP", "A=40 M=41 C", "N")]
    [InlineData("CMP", "A=41 M=40 V", "VC")]
    [InlineData("CMP", "A=80 M=01", "C")]
    [InlineData("CMP", "A=FF M=01", "NC")]
    [InlineData("CPX", "X=40 M=40", "ZC")]
    [InlineData("CPX", "X=40 M=41 C", "N")]
    [InlineData("CPX", "X=41 M=40", "C")]
    [InlineData("CPY", "Y=40 M=40", "ZC")]
    [InlineData("CPY", "Y=40 M=41 C", "N")]
    [InlineData("CPY", "Y=41 M=40", "C")]
    [InlineData("INC", "M=FF", "M=00 Z")]
    [InlineData("INC", "M=7F", "M=80 N")]
    [InlineData("INC", "M=01 C", "M=02 C")]
    [InlineData("DEC", "M=00", "M=FF N")]
    [InlineData("DEC", "M=01", "M=00 Z")]
    [InlineData("DEC", "M=80 V", "M=7F V")]
    [InlineData("INX", "X=FF", "X=00 Z")]
    [InlineData("INX", "X=7F", "X=80 N")]
    [InlineData("INY", "Y=FF", "Y=00 Z")]
    [InlineData("INY", "Y=7F", "Y=80 N")]
    [InlineData("DEX", "X=00", "X=FF N")]
    [InlineData("DEX", "X=01", "X=00 Z")]
    [InlineData("DEY", "Y=00", "Y=FF N")]
    [InlineData("DEY", "Y=01", "Y=00 Z")]
    [InlineData("ASL", "M=81", "M=02 C")]
    [InlineData("ASL", "M=40", "M=80 N")]
    [InlineData("ASL", "M=80 C", "M=00 ZC")]
    [InlineData("LSR", "M=01 N", "M=00 ZC")]
    [InlineData("LSR", "M=81", "M=40 C")]
    [InlineData("LSR", "M=FE C", "M=7F")]
    [InlineData("ROL", "M=80 C", "M=01 C")]
    [InlineData("ROL", "M=80", "M=00 ZC")]
    [InlineData("ROL", "M=40", "M=80 N")]
    [InlineData("ROR", "M=01 C", "M=80 NC")]
    [InlineData("ROR", "M=01", "M=00 ZC")]
    [InlineData("ROR", "M=02 C", "M=81 N")]
    [InlineData("CLC", "NVDIZC", "NVDIZ")]
    [InlineData("SEC", "", "C")]
    [InlineData("CLV", "NVDIZC", "NDIZC")]
    [InlineData("CLD", "NVDIZC", "NVIZC")]
    [InlineData("SED", "", "D")]
    [InlineData("CLI", "NVDIZC", "NVDZC")]
    [InlineData("SEI", "", "I")]
    [InlineData("NOP", "A=12 M=34 NVDIZC", "NVDIZC")]
    [InlineData("NOP", "A=12 M=34", "")]
    [InlineData("SLO", "A=01 M=81", "A=03 M=02 C")]
    [InlineData("SLO", "A=80 M=01", "A=82 M=02 N")]
    [InlineData("SLO", "A=00 M=80", "A=00 M=00 ZC")]
    [InlineData("RLA", "A=FF M=80 C", "A=01 M=01 C")]
    [InlineData("RLA", "A=F0 M=0F", "A=10 M=1E")]
    [InlineData("RLA", "A=80 M=40", "A=80 M=80 N")]
    [InlineData("RLA", "A=01 M=80", "A=00 M=00 ZC")]
    [InlineData("SRE", "A=FF M=01", "A=FF M=00 NC")]
    [InlineData("SRE", "A=40 M=80", "A=00 M=40 Z")]
    [InlineData("SRE", "A=01 M=04", "A=03 M=02")]
    [InlineData("RRA", "A=10 M=02", "A=11 M=01")]
    [InlineData("RRA", "A=10 M=03", "A=12 M=01")]
    [InlineData("RRA", "A=7F M=01", "A=80 M=00 NV")]
    [InlineData("RRA", "A=80 M=00 C", "A=00 M=80 VZC")]
    [InlineData("RRA", "A=09 M=03 D", "A=11 M=01 D")]
    [InlineData("DCP", "A=40 M=41", "M=40 ZC")]
    [InlineData("DCP", "A=40 M=40", "M=3F C")]
    [InlineData("DCP", "A=40 M=00 C", "M=FF")]
    [InlineData("ISB", "A=50 M=2F C", "A=20 M=30 C")]
    [InlineData("ISB", "A=50 M=4F", "A=FF M=50 N")]
    [InlineData("ISB", "A=10 M=FF C", "A=10 M=00 C")]
    [InlineData("ISB", "A=46 M=11 DC", "A=34 M=12 DC")]
    [InlineData("ANC", "A=F0 M=8F", "A=80 NC")]
    [InlineData("ANC", "A=7F M=F0 C", "A=70")]
    [InlineData("ANC", "A=0F M=F0", "A=00 Z")]
    [InlineData("ASR", "A=FF M=03", "A=01 C")]
    [InlineData("ASR", "A=FE M=01 C", "A=00 Z")]
    [InlineData("ASR", "A=F0 M=F0", "A=78")]
    [InlineData("ARR", "A=FF M=FF C", "A=FF NC")]
    [InlineData("ARR", "A=FF M=80", "A=40 VC")]
    [InlineData("ARR", "A=FF M=40", "A=20 V")]
    [InlineData("ARR", "A=FF M=01 C", "A=80 N")]
    [InlineData("ARR", "A=00 M=FF", "A=00 Z")]
    [InlineData("ARR", "A=FF M=12 D", "A=09 D")]
    [InlineData("ARR", "A=FF M=56 DC", "A=01 NVDC")]
    [InlineData("ANE", "A=00 X=FF M=FF", "A=EE N")]
    [InlineData("ANE", "A=11 X=F1 M=9F", "A=91 N")]
    [InlineData("ANE", "A=01 X=10 M=FF", "A=00 Z")]
    [InlineData("LXA", "A=00 M=FF", "A=EE X=EE N")]
    [InlineData("LXA", "A=11 M=55", "A=55 X=55")]
    [InlineData("LXA", "A=00 M=11", "A=00 X=00 Z")]
    [InlineData("SBX", "A=F0 X=3C M=10", "X=20 C")]
    [InlineData("SBX", "A=0F X=03 M=03", "X=00 ZC")]
    [InlineData("SBX", "A=0F X=03 M=04", "X=FF N")]
    [InlineData("SBX", "A=FF X=10 M=09 DC", "X=07 DC")]
    [InlineData("LAS", "S=F0 M=3C", "A=30 X=30 S=30")]
    [InlineData("LAS", "S=0F M=F0", "A=00 X=00 S=00 Z")]
    [InlineData("LAS", "S=FF M=80", "A=80 X=80 S=80 N")]
    public void ComputedByHand_InEveryAddressingMode(string mnemonic, string before, string after)
    {
        var expected = InstructionCase.Expected(before, after);
        foreach (var opcode in ReferenceInstructionSet.Opcodes(mnemonic))
        {
            Assert.Equal((opcode, expected), (opcode, InstructionCase.Run(opcode, PlainCode, before)));
            Assert.Equal((opcode, expected), (opcode, InstructionCase.Run(opcode, LastPage, before)));
        }
    }

    [Fact]
    public void EveryInstructionHasACase()
    {
        var tested = typeof(InstructionResultTests)
            .GetMethod(nameof(ComputedByHand_InEveryAddressingMode))!
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (
                IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(arguments => (string)arguments[0].Value!);
        var all = Enumerable.Range(0, 256)
            .Select(opcode => ReferenceInstructionSet.Decode((byte)opcode).Name);

        Assert.Empty(all.Except(tested).Except(Elsewhere));
    }

    [Theory]
    [InlineData("SHA", "A=FF X=3C", 0x0C)]
    [InlineData("SHX", "A=00 X=FF", 0x0E)]
    [InlineData("SHS", "A=FE X=1B", 0x0A)]
    public void StoresWithIndexY_AndTheHighByteOfTheAddressPlusOne(string mnemonic, string before, int stored)
    {
        // The address is 0D90, a mirror of 90; it is reached with and without crossing a page.
        foreach (var opcode in ReferenceInstructionSet.Opcodes(mnemonic))
        {
            Assert.Equal(stored, StoredAt0D90(opcode, before, y: 0x08).Ram);
            Assert.Equal(stored, StoredAt0D90(opcode, before, y: 0xA0).Ram);
        }
    }

    [Fact]
    public void Shy_StoresY_AndTheHighByteOfTheAddressPlusOne()
    {
        using var bench = new ChipBench();
        bench.Registers.X = 0xA0;
        bench.Registers.Y = 0xFB;
        bench.Program(0x9C, 0xF0, 0x0C);
        Assert.Equal(5, bench.Step());
        Assert.Equal(0x0A, bench.Ram[0x10]);
    }

    [Fact]
    public void Shs_PutsAAndXIntoTheStackPointer() =>
        Assert.Equal(0x1A, StoredAt0D90(0x9B, "A=FE X=1B", y: 0x08).Stack);

    [Theory]
    [MemberData(nameof(Kils))]
    public void Kil_StopsTheProcessorUntilItIsReset(int opcode)
    {
        using var bench = new ChipBench();
        bench.Program((byte)opcode, 0xE8);
        bench.Cpu.Run(100);
        Assert.Equal((2, 0, 0x1001), (bench.Registers.Cycles, bench.Registers.X, bench.Registers.PC));

        bench.Cpu.Run(100);
        Assert.Equal(2, bench.Registers.Cycles);

        bench.Rom[0xFFC] = 0x01;
        bench.Rom[0xFFD] = 0x10;
        bench.Cpu.Reset();
        bench.Step();
        Assert.Equal((4, 1), (bench.Registers.Cycles, bench.Registers.X));
    }

    public static TheoryData<int> Kils => [.. ReferenceInstructionSet.Opcodes("KIL")];

    private static (int Ram, int Stack) StoredAt0D90(int opcode, string before, int y)
    {
        using var bench = new ChipBench();
        bench.Registers.A = Convert.ToInt32(before[2..4], 16);
        bench.Registers.X = Convert.ToInt32(before[7..9], 16);
        bench.Registers.Y = y;
        var start = 0x0D90 - y;
        bench.Ram[0x40] = (byte)start;
        bench.Ram[0x41] = (byte)(start >> 8);
        if (ReferenceInstructionSet.Decode((byte)opcode).Mode == ReferenceMode.IndirectY)
        {
            bench.Program((byte)opcode, 0xC0);
        }
        else
        {
            bench.Program((byte)opcode, (byte)start, (byte)(start >> 8));
        }

        bench.Step();
        return (bench.Ram[0x10], bench.Registers.S);
    }
}
