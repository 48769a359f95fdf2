using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Processor;

public sealed class StackTests : IDisposable
{
    private readonly ChipBench _bench = new();

    private ref CpuState Registers => ref _bench.Registers;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Pha_StoresA_AndMovesDown()
    {
        Registers.A = 0x5A;
        Registers.S = 0xF7;
        Run(0x48);
        Assert.Equal((0x5A, 0xF6), (Ram(0xF7), Registers.S));
    }

    [Theory]
    [InlineData(0x00, "Z")]
    [InlineData(0x80, "N")]
    [InlineData(0x01, "")]
    public void Pla_LoadsA(int value, string flags)
    {
        Registers.S = 0xF6;
        _bench.Ram[0x77] = (byte)value;
        Run(0x68);
        Assert.Equal((value, 0xF7, flags), (Registers.A, Registers.S, _bench.Flags));
    }

    [Theory]
    [InlineData("", 0x30)]
    [InlineData("N", 0xB0)]
    [InlineData("V", 0x70)]
    [InlineData("D", 0x38)]
    [InlineData("I", 0x34)]
    [InlineData("Z", 0x32)]
    [InlineData("C", 0x31)]
    [InlineData("NVDIZC", 0xFF)]
    public void Php_PushesTheFlags_WithBits4And5Set(string flags, int status)
    {
        _bench.Flags = flags;
        Run(0x08);
        Assert.Equal((status, 0xFE), (Ram(0xFF), Registers.S));
    }

    [Theory]
    [InlineData(0x00, "")]
    [InlineData(0x30, "")]
    [InlineData(0x80, "N")]
    [InlineData(0x40, "V")]
    [InlineData(0x08, "D")]
    [InlineData(0x04, "I")]
    [InlineData(0x02, "Z")]
    [InlineData(0x01, "C")]
    [InlineData(0xFF, "NVDIZC")]
    [InlineData(0x82, "NZ")]
    public void Plp_TakesTheFlags(int status, string flags)
    {
        Registers.S = 0xFE;
        _bench.Ram[0x7F] = (byte)status;
        Run(0x28);
        Assert.Equal((flags, 0xFF), (_bench.Flags, Registers.S));
    }

    [Fact]
    public void Jsr_PushesTheAddressOfItsLastByte()
    {
        Registers.PC = 0x1234;
        Run(0x20, 0x78, 0x15);
        Assert.Equal((0x1578, 0xFD, 0x12, 0x36), (Registers.PC, Registers.S, Ram(0xFF), Ram(0xFE)));
    }

    [Fact]
    public void Jsr_FetchesItsLastByteAfterThePushes()
    {
        // The instruction lies where its pushes go: $FD JSR, $FE low byte, $FF high byte.
        Registers.PC = 0x00FD;
        _bench.Ram[0x7D] = 0x20;
        _bench.Ram[0x7E] = 0x78;
        _bench.Ram[0x7F] = 0x15;
        _bench.Step();
        Assert.Equal(0x0078, Registers.PC);
    }

    [Fact]
    public void Rts_ContinuesOneBeyondTheAddress()
    {
        Registers.S = 0xFD;
        _bench.Ram[0x7E] = 0xFF;
        _bench.Ram[0x7F] = 0x12;
        Run(0x60);
        Assert.Equal((0x1300, 0xFF), (Registers.PC, Registers.S));
    }

    [Fact]
    public void Brk_PushesAddressAndStatus_AndGoesThroughTheVector()
    {
        _bench.Rom[0xFFE] = 0x21;
        _bench.Rom[0xFFF] = 0x18;
        Registers.PC = 0x1234;
        _bench.Flags = "NC";
        Run(0x00);
        Assert.Equal((0x1821, 0xFC), (Registers.PC, Registers.S));
        Assert.Equal((0x12, 0x36, 0xB1), (Ram(0xFF), Ram(0xFE), Ram(0xFD)));
        Assert.Equal("NIC", _bench.Flags);
    }

    [Fact]
    public void Rti_TakesStatusAndAddress()
    {
        Registers.S = 0xFC;
        _bench.Ram[0x7D] = 0x43;
        _bench.Ram[0x7E] = 0x36;
        _bench.Ram[0x7F] = 0x12;
        Run(0x40);
        Assert.Equal((0x1236, 0xFF, "VZC"), (Registers.PC, Registers.S, _bench.Flags));
    }

    [Fact]
    public void TheStackPointerWraps()
    {
        Registers.S = 0x00;
        Run(0x48);
        Assert.Equal(0xFF, Registers.S);
        _bench.Ram[0x00] = 0x99;
        Registers.S = 0xFF;
        Run(0x68);
        Assert.Equal(0x00, Registers.S);
    }

    [Fact]
    public void TheStackReachesTheTia()
    {
        Registers.A = 0x47;
        Registers.S = 0x09;
        Run(0x48);
        Assert.Equal(0x46, _bench.State.Tia.COLUBK);

        // 010C is INPT4; the low bits are those of the last byte on the bus, which a pull reads at 010B.
        SetTrigger(0x80);
        Registers.S = 0x0B;
        Run(0x68);
        Assert.Equal(0x80, Registers.A & 0xC0);
    }

    private unsafe void SetTrigger(byte value) => _bench.State.Inputs.Triggers[0] = value;

    private int Ram(int address) => _bench.Ram[address - 0x80];

    private void Run(params ReadOnlySpan<byte> code)
    {
        _bench.Program(code);
        _bench.Step();
    }
}
