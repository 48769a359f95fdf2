using DqnAspire.Atari2600.Processor;
using DqnAspire.Atari2600.Processor.Translation;

namespace DqnAspire.Atari2600.Tests.Processor.Translation;

public class InstructionTests
{
    [Theory]
    [InlineData(0xEA, 1, 0)] // NOP
    [InlineData(0xA9, 2, 0x34)] // LDA #
    [InlineData(0xD0, 2, 0x34)] // BNE
    [InlineData(0xAD, 3, 0x1234)] // LDA nnnn
    [InlineData(0x4C, 3, 0x1234)] // JMP nnnn
    [InlineData(0x60, 1, 0)] // RTS
    public void Operand_IsTheBytesBehindTheOpcode(int opcode, int length, int operand)
    {
        var instruction = Instruction.Decode(0xF000, [(byte)opcode, 0x34, 0x12]);
        Assert.Equal((length, operand), (instruction.Length, instruction.Operand));
    }

    [Fact]
    public void Jsr_HasThreeBytes()
    {
        var call = Instruction.Decode(0xF000, [0x20, 0x34, 0xF2]);
        Assert.Equal((Operation.Jsr, 3, 0xF234, 0xF003), (call.Operation, call.Length, call.Target, call.Next));
    }

    [Theory]
    [InlineData(0x02, 0xF004)]
    [InlineData(0xFE, 0xF000)]
    [InlineData(0x80, 0xEF82)]
    public void Branch_GoesFromTheInstructionBehindIt(int distance, int target) =>
        Assert.Equal(target, Instruction.Decode(0xF000, [0xD0, (byte)distance, 0]).Target);

    [Fact]
    public void AllDocumentedOpcodes_ButThoseOfRareUse_AreTranslated()
    {
        // BRK, PHP, PLP, RTI, JMP (nnnn), SED and the changes of nnnn,X.
        int[] expected = [0x00, 0x08, 0x1E, 0x28, 0x3E, 0x40, 0x5E, 0x6C, 0x7E, 0xDE, 0xF8, 0xFE];
        int[] documented = [.. Enumerable.Range(0, 256).Where(opcode => (opcode & 3) != 3 && !IsUndocumented(opcode))];
        Assert.Equal(151, documented.Length);
        Assert.Equal(expected, documented.Where(opcode => !TranslatedOpcodes.Contains(OpcodeTable.Get(opcode))));
    }

    private static bool IsUndocumented(int opcode) => opcode is
        0x02 or 0x12 or 0x22 or 0x32 or 0x42 or 0x52 or 0x62 or 0x72 or 0x92 or 0xB2 or 0xD2 or 0xF2
        or 0x04 or 0x0C or 0x14 or 0x1A or 0x1C or 0x34 or 0x3A or 0x3C or 0x44 or 0x54 or 0x5A or 0x5C or 0x64 or 0x74
        or 0x7A or 0x7C or 0x80 or 0x82 or 0x89 or 0x9C or 0x9E or 0xC2 or 0xD4 or 0xDA or 0xDC or 0xE2
        or 0xF4 or 0xFA or 0xFC;
}
