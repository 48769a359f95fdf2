using DqnAspire.Atari2600.Processor.Translation;

namespace DqnAspire.Atari2600.Tests.Processor.Translation;

public class RegionScanTests
{
    private const int Base = 0xF000;

    private static readonly byte[] LoopWithCall =
    [
        0xA2, 0x05, // F000 LDX #5
        0x20, 0x0B, 0xF0, // F002 JSR $F00B
        0xCA, // F005 DEX
        0xD0, 0xFA, // F006 BNE $F002
        0x4C, 0x00, 0x40, // F008 JMP $4000
        0xE8, // F00B INX
        0x60, // F00C RTS
        0x00, 0x00, 0x00,
    ];

    [Fact]
    public void Instructions_AreThoseThatCanBeReached()
    {
        var scan = new RegionScan(LoopWithCall, Base, [Base], 100);
        Assert.Equal(
            [0xF000, 0xF002, 0xF005, 0xF006, 0xF008, 0xF00B, 0xF00C], scan.Instructions.Select(i => i.Address));
    }

    [Fact]
    public void Entries_AreRootsAndReturnsAndSubroutinesAndLoops()
    {
        var scan = new RegionScan(LoopWithCall, Base, [Base], 100);
        Assert.Equal([0xF000, 0xF002, 0xF005, 0xF00B], scan.Entries);
        Assert.All(scan.Entries, entry => Assert.True(scan.IsLeader(entry)));
        Assert.False(scan.IsLeader(0xF006));
    }

    [Fact]
    public void Instructions_AreAtMostAsManyAsWanted() =>
        Assert.Equal([0xF000, 0xF002, 0xF00B], new RegionScan(
            LoopWithCall, Base, [Base], 3).Instructions.Select(i => i.Address));

    [Fact]
    public void UntranslatedInstruction_EndsThePath()
    {
        var scan = new RegionScan([0xE8, 0xF8, 0xE8, 0xE8, 0xE8], Base, [Base], 100);
        Assert.Equal([Base], scan.Instructions.Select(i => i.Address));
        Assert.Empty(new RegionScan([0xF8, 0xE8, 0xE8, 0xE8], Base, [Base], 100).Entries);
    }

    [Fact]
    public void OverlappingInstructions_AreReachedByJumps()
    {
        // BNE into the operand of the LDA behind it, where an INX is: LDA #$E8 and INX both continue at F004.
        var scan = new RegionScan([0xD0, 0x01, 0xA9, 0xE8, 0xEA, 0x60, 0, 0], Base, [Base], 100);
        Assert.Equal([0xF000, 0xF002, 0xF003, 0xF004, 0xF005], scan.Instructions.Select(i => i.Address));
        Assert.True(scan.IsLeader(0xF003));
        Assert.True(scan.IsLeader(0xF004));
    }
}
