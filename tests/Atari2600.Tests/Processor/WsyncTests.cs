using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Processor;

public sealed class WsyncTests : IDisposable
{
    private readonly ChipBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0, 76)]
    [InlineData(72, 76)]
    [InlineData(73, 76)]
    [InlineData(74, 152)]
    [InlineData(149, 152)]
    public void AWriteWaitsForTheEndOfTheLine(int before, int after)
    {
        _bench.Registers.Cycles = before;
        _bench.Program(0x85, 0x02);
        _bench.Step();
        Assert.Equal(after, _bench.Registers.Cycles);
    }

    [Fact]
    public void LinesGoOnAcrossFrames()
    {
        // The frame began 30 clocks, 10 cycles, into a line.
        _bench.State.Frame.Start = -30;
        _bench.Program(0x85, 0x02);
        _bench.Step();
        Assert.Equal(66, _bench.Registers.Cycles);
    }

    [Fact]
    public void AModificationWaits()
    {
        _bench.Program(0xE6, 0x02);
        _bench.Step();
        Assert.Equal(76, _bench.Registers.Cycles);
    }

    [Fact]
    public void TheProcessorDoesNotStopInAWriteThatFollowsAnother()
    {
        // The stack reaches the TIA: the first push of JSR comes after a read, the second does not.
        _bench.Registers.S = 0x02;
        _bench.Program(0x20, 0x00, 0x11);
        _bench.Step();
        Assert.Equal(76, _bench.Registers.Cycles);

        _bench.Registers.S = 0x03;
        _bench.Program(0x20, 0x00, 0x11);
        _bench.Step();
        Assert.Equal(76 + 6, _bench.Registers.Cycles);
    }
}
