using DqnAspire.Atari2600.Processor;
using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tests.Reference;

namespace DqnAspire.Atari2600.Tests.Processor;

/// <summary>
/// The table against the independent copy, and the interpreter's switch against the table. That each case of the switch
/// does what its mnemonic says is shown by <see cref="InstructionResultTests"/>.
/// </summary>
public sealed unsafe class OpcodeTableTests
{
    public static TheoryData<int> AllOpcodes => [.. Enumerable.Range(0, 256)];

    [Theory]
    [MemberData(nameof(AllOpcodes))]
    public void Entry_IsThatOfTheReference(int code)
    {
        var opcode = OpcodeTable.Get(code);
        var reference = ReferenceInstructionSet.Decode((byte)code);
        Assert.Equal(reference.Name, opcode.Operation.ToString(), ignoreCase: true);
        Assert.Equal(((int)reference.Cycles, reference.Length), (opcode.Cycles, opcode.Length));
        Assert.Equal(reference.HasPagePenalty, opcode.HasPagePenalty);

        // The reference has no mode for branches, and none for BRK and JSR, which fetch their bytes themselves.
        var mode = reference.IsBranch ? "Relative" : opcode.Operation switch
        {
            Operation.Brk => "Immediate",
            Operation.Jsr => "Absolute",
            _ => reference.Mode.ToString(),
        };
        Assert.Equal(mode, opcode.Mode.ToString());
        var access = reference.Access switch
        {
            ReferenceAccess.Read when reference.IsBranch => OperandAccess.None,
            ReferenceAccess.Read => OperandAccess.Read,
            ReferenceAccess.Write => OperandAccess.Write,
            ReferenceAccess.ReadModifyWrite => OperandAccess.Modify,
            _ => OperandAccess.None,
        };
        Assert.Equal(access, opcode.Access);
    }

    [Theory]
    [MemberData(nameof(AllOpcodes))]
    public void TheInterpreter_TakesTheCyclesAndBytesOfTheEntry(int code)
    {
        var opcode = OpcodeTable.Get(code);
        using var bench = new ChipBench();
        bench.Flags = NotTaken(opcode.Operation);
        bench.Program((byte)code, 0x90, 0x01);
        Assert.Equal(opcode.Cycles, bench.Step());
        if (!Jumps(opcode.Operation))
        {
            Assert.Equal(ChipBench.Start + opcode.Length, bench.Registers.PC);
        }
    }

    [Theory]
    [MemberData(nameof(AllOpcodes))]
    public void TheSlowFetch_ComesToTheSame(int code)
    {
        // Code in the last bytes of the ROM is fetched byte by byte.
        const int start = 0x1FF0;
        var opcode = OpcodeTable.Get(code);
        using var bench = new ChipBench();
        bench.Flags = NotTaken(opcode.Operation);
        bench.State.Bus.CodePages[(start & 0x1FFF) >> State.BusState.PageShift] = State.BusState.Device;
        bench.Registers.PC = start;
        bench.Program((byte)code, 0x90, 0x01);
        Assert.Equal(opcode.Cycles, bench.Step());
        if (!Jumps(opcode.Operation))
        {
            Assert.Equal(start + opcode.Length, bench.Registers.PC);
        }
    }

    [Theory]
    [InlineData(0x20, 2)] // JSR fetches its third byte after the pushes.
    [InlineData(0x00, 2)]
    [InlineData(0x60, 1)]
    [InlineData(0xAD, 3)]
    [InlineData(0xD0, 2)]
    [InlineData(0x6C, 3)]
    public void FetchLength_IsTheLength_ButForJsr(int code, int length) =>
        Assert.Equal(length, OpcodeTable.Get(code).FetchLength);

    [Fact]
    public void TheOpcodesOfIdleLoops_AreNamedAsInTheTable()
    {
        (int Code, Operation Operation, AddressMode Mode)[] expected =
        [
            (IdleLoop.LdaOpcode, Operation.Lda, AddressMode.Absolute),
            (IdleLoop.LdxOpcode, Operation.Ldx, AddressMode.Absolute),
            (IdleLoop.LdyOpcode, Operation.Ldy, AddressMode.Absolute),
            (IdleLoop.BitOpcode, Operation.Bit, AddressMode.Absolute),
            (IdleLoop.DexOpcode, Operation.Dex, AddressMode.Implied),
            (IdleLoop.DeyOpcode, Operation.Dey, AddressMode.Implied),
            (IdleLoop.BplOpcode, Operation.Bpl, AddressMode.Relative),
            (IdleLoop.BneOpcode, Operation.Bne, AddressMode.Relative),
        ];
        Assert.All(expected, row =>
        {
            var opcode = OpcodeTable.Get(row.Code);
            Assert.Equal((row.Operation, row.Mode), (opcode.Operation, opcode.Mode));
        });
        Assert.Equal(
            IdleLoop.CountDownCycles,
            OpcodeTable.Get(IdleLoop.DexOpcode).Cycles + OpcodeTable.Get(IdleLoop.BneOpcode).Cycles);
        Assert.Equal(
            IdleLoop.PollCycles,
            OpcodeTable.Get(IdleLoop.LdaOpcode).Cycles + OpcodeTable.Get(IdleLoop.BplOpcode).Cycles);
    }

    /// <summary>Flags with which a branch is not taken.</summary>
    private static string NotTaken(Operation operation) => operation switch
    {
        Operation.Bpl => "N",
        Operation.Bvc => "V",
        Operation.Bcc => "C",
        Operation.Bne => "Z",
        _ => "",
    };

    private static bool Jumps(Operation operation) =>
        operation is Operation.Brk or Operation.Jsr or Operation.Rti or Operation.Rts or Operation.Jmp;
}
