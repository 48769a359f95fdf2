using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Processor;

public sealed class AddressingTests : IDisposable
{
    private readonly ChipBench _bench = new();

    private ref CpuState Registers => ref _bench.Registers;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void ZeroPageX_StaysInPageZero()
    {
        _bench.Ram[0x10] = 0x77;
        Registers.X = 0xF0;
        Run(0xB5, 0xA0);
        Assert.Equal(0x77, Registers.A);
    }

    [Fact]
    public void IndirectX_WrapsThePointersAddress()
    {
        _bench.Ram[0x02] = 0x34;
        _bench.Ram[0x03] = 0x15;
        _bench.Rom[0x534] = 0x66;
        Registers.X = 0x90;
        Run(0xA1, 0xF2);
        Assert.Equal(0x66, Registers.A);
    }

    [Fact]
    public void APointerAtFF_HasItsHighByteAt0100_WhichIsTheTia()
    {
        // ALE. CXM0P drives two bits, both 0 here; the others are left from the byte before.
        _bench.Ram[0x7F] = 0x90;
        _bench.Rom[0x093] = 0x55;
        Registers.Y = 3;
        Run(0xB1, 0xFF);
        Assert.Equal(0x55, Registers.A);

        _bench.Rom[0x090] = 0x56;
        Registers.X = 1;
        Run(0xA1, 0xFE);
        Assert.Equal(0x56, Registers.A);
    }

    [Fact]
    public void JumpIndirect_TakesTheHighByteFromTheSamePage()
    {
        _bench.Rom[0x4FF] = 0x21;
        _bench.Rom[0x400] = 0x13;
        _bench.Rom[0x500] = 0x1E;
        Run(0x6C, 0xFF, 0x14);
        Assert.Equal(0x1321, Registers.PC);

        _bench.Rom[0x410] = 0x22;
        _bench.Rom[0x411] = 0x14;
        Run(0x6C, 0x10, 0x14);
        Assert.Equal(0x1422, Registers.PC);
    }

    [Fact]
    public void AbsoluteIndexed_WrapsAt64K()
    {
        _bench.Ram[0x05] = 0x42;
        Registers.X = 0x86;
        Run(0xBD, 0xFF, 0xFF);
        Assert.Equal((0x42, 5), (Registers.A, Registers.Cycles));
    }

    [Theory]
    [InlineData(0x0080)]
    [InlineData(0x0180)]
    [InlineData(0x0480)]
    [InlineData(0x0D80)]
    [InlineData(0x2080)]
    [InlineData(0xE180)]
    public void TheRamHasMirrors(int address)
    {
        Registers.A = 0x3C;
        Run(0x8D, (byte)(address + 7), (byte)(address >> 8));
        Assert.Equal(0x3C, _bench.Ram[7]);
        _bench.Ram[7] = 0xC3;
        Run(0xAD, (byte)(address + 7), (byte)(address >> 8));
        Assert.Equal(0xC3, Registers.A);
    }

    [Fact]
    public void TheRomIgnoresWrites_AndHasMirrors()
    {
        _bench.Rom[0x800] = 0x12;
        Registers.A = 0xFF;
        Run(0x8D, 0x00, 0x18);
        Run(0xAD, 0x00, 0xF8);
        Assert.Equal(0x12, Registers.A);
    }

    [Theory]
    [InlineData(new byte[] { 0xA5, 0x30 }, 0x30)] // LDA z
    [InlineData(new byte[] { 0xB5, 0x2F }, 0x2F)] // LDA z,x: the operand, not the address
    [InlineData(new byte[] { 0xAD, 0x30, 0x25 }, 0x25)] // LDA w
    [InlineData(new byte[] { 0xBD, 0x2F, 0x25 }, 0x25)] // LDA w,x
    [InlineData(new byte[] { 0xA1, 0xBF }, 0x05)] // LDA (z,x): the pointer's high byte
    [InlineData(new byte[] { 0xB1, 0xC0 }, 0x05)] // LDA (z),y
    public void ATiaRead_LeavesSixBitsOfTheLastByteOnTheBus(byte[] code, int value)
    {
        _bench.Ram[0x40] = 0x30;
        _bench.Ram[0x41] = 0x05;
        Registers.X = 1;
        Run(code);
        Assert.Equal(value, Registers.A);
    }

    [Theory]
    [InlineData(new byte[] { 0x04, 0xFF })] // NOP z
    [InlineData(new byte[] { 0x14, 0xFE })] // NOP z,x
    [InlineData(new byte[] { 0x0C, 0xFF, 0x01 })] // NOP w
    [InlineData(new byte[] { 0x1C, 0xFE, 0x01 })] // NOP w,x
    [InlineData(new byte[] { 0x80, 0x2A })] // NOP #
    public void ANopReadsItsOperand(byte[] code)
    {
        _bench.Ram[0x7F] = 0x2A;
        Registers.X = 1;
        Run(code);
        Assert.Equal(0x2A, Registers.DataBus);
    }

    [Fact]
    public void ANopReadsRegistersToo()
    {
        // The first read of INTIM after the timer expired sets the RIOT's flag.
        _bench.Riot.Write(0x14, 1, 0);
        Registers.Cycles = 20;
        Run(0x0C, 0x84, 0x02);
        Assert.NotEqual(0, _bench.State.Riot.ReadAfterExpiry);
    }

    [Fact]
    public void CodeRunsInRam_AcrossItsMirrors()
    {
        // LDA #$11, then LDX #$22 of which the operand is beyond $FF: 0100 is the TIA.
        Registers.PC = 0x00FD;
        _bench.Ram[0x7D] = 0xA9;
        _bench.Ram[0x7E] = 0x11;
        _bench.Ram[0x7F] = 0xA2;
        _bench.Step();
        _bench.Step();
        Assert.Equal((0x11, 0x22, 0x0101), (Registers.A, Registers.X, Registers.PC));
    }

    private void Run(params ReadOnlySpan<byte> code)
    {
        _bench.Program(code);
        _bench.Step();
    }
}
