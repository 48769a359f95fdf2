using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tests.Reference;

namespace DqnAspire.Atari2600.Tests.Processor;

public sealed class CycleTests
{
    private const int Target = 0x0190;

    public static TheoryData<int> OpcodesWithOperands =>
    [
        .. Enumerable.Range(0, 256)
            .Where(opcode => ReferenceInstructionSet.Decode((byte)opcode) is { Name: not "KIL", IsBranch: false }),
    ];

    [Theory]
    [MemberData(nameof(OpcodesWithOperands))]
    public void WithoutACrossedPage_BaseCycles(int opcode) =>
        Assert.Equal((int)ReferenceInstructionSet.Decode((byte)opcode).Cycles, Measure(opcode, index: 0x10));

    [Theory]
    [MemberData(nameof(OpcodesWithOperands))]
    public void WithACrossedPage_ReadsTakeOneMore(int opcode)
    {
        var instruction = ReferenceInstructionSet.Decode((byte)opcode);
        Assert.Equal((int)instruction.Cycles + (instruction.HasPagePenalty ? 1 : 0), Measure(opcode, index: 0xA0));
    }

    [Theory]
    [InlineData(0xA9, 2)] // LDA #
    [InlineData(0xA5, 3)] // LDA z
    [InlineData(0xA7, 4)] // LAX z: ALE
    [InlineData(0xB5, 4)] // LDA z,x
    [InlineData(0xA1, 6)] // LDA (z,x)
    [InlineData(0xB1, 5)] // LDA (z),y
    [InlineData(0x91, 6)] // STA (z),y
    [InlineData(0x9D, 5)] // STA w,x
    [InlineData(0xFE, 7)] // INC w,x
    [InlineData(0x03, 8)] // SLO (z,x)
    [InlineData(0x13, 8)] // SLO (z),y
    [InlineData(0x6C, 5)] // JMP (w)
    [InlineData(0x00, 7)] // BRK
    public void SomeByHand(int opcode, int cycles) => Assert.Equal(cycles, Measure(opcode, index: 0x10));

    [Theory]
    [InlineData(0x10, "", "N")]
    [InlineData(0x30, "N", "")]
    [InlineData(0x50, "", "V")]
    [InlineData(0x70, "V", "")]
    [InlineData(0x90, "", "C")]
    [InlineData(0xB0, "C", "")]
    [InlineData(0xD0, "", "Z")]
    [InlineData(0xF0, "Z", "")]
    public void ABranch_TakesTwoCycles_OneMoreIfTaken_AnotherToTheNextPage(
        int opcode, string takenWith, string notTakenWith)
    {
        Assert.Equal((2, 0x1052), Branch(opcode, notTakenWith, 0x1050, 0x10));
        Assert.Equal((3, 0x1062), Branch(opcode, takenWith, 0x1050, 0x10));
        Assert.Equal((3, 0x1042), Branch(opcode, takenWith, 0x1050, 0xF0));
        Assert.Equal((3, 0x10FF), Branch(opcode, takenWith, 0x1080, 0x7D));
        Assert.Equal((4, 0x1101), Branch(opcode, takenWith, 0x1080, 0x7F));
        Assert.Equal((4, 0x10FD), Branch(opcode, takenWith, 0x1100, 0xFB));

        // The page is that of the next instruction.
        Assert.Equal((3, 0x1110), Branch(opcode, takenWith, 0x10FE, 0x10));
    }

    private static (int Cycles, int PC) Branch(int opcode, string flags, int address, byte offset)
    {
        using var bench = new ChipBench();
        bench.Registers.PC = address;
        bench.Flags = flags;
        bench.Program((byte)opcode, offset);
        return (bench.Step(), bench.Registers.PC);
    }

    private static int Measure(int opcode, int index)
    {
        var mode = ReferenceInstructionSet.Decode((byte)opcode).Mode;
        using var bench = new ChipBench();
        bench.Registers.X = index;
        bench.Registers.Y = index;
        var start = Target - index;
        var pointed = mode == ReferenceMode.IndirectY ? start : Target;
        bench.Ram[0x40] = (byte)pointed;
        bench.Ram[0x41] = (byte)(pointed >> 8);
        switch (mode)
        {
            case ReferenceMode.AbsoluteX or ReferenceMode.AbsoluteY:
                bench.Program((byte)opcode, (byte)start, (byte)(start >> 8));
                break;
            case ReferenceMode.Absolute or ReferenceMode.Indirect:
                bench.Program((byte)opcode, Target & 0xFF, Target >> 8);
                break;
            case ReferenceMode.IndirectX:
                bench.Program((byte)opcode, (byte)(0xC0 - index));
                break;
            default:
                bench.Program((byte)opcode, 0xC0);
                break;
        }

        return bench.Step();
    }
}
