using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Riot;

public sealed class PortTests : IDisposable
{
    private const int Swcha = 0x0280;
    private const int Swacnt = 0x0281;
    private const int Swchb = 0x0282;
    private const int Swbcnt = 0x0283;

    private readonly ChipBench _bench = new();

    public PortTests()
    {
        _bench.State.Inputs.Swcha = 0x5A;
        _bench.State.Inputs.Swchb = 0x3F;
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void ThePortsReadTheirPins()
    {
        Assert.Equal(0x5A, _bench.Bus.Read(Swcha, 0, 0));
        Assert.Equal(0x3F, _bench.Bus.Read(Swchb, 0, 0));
    }

    [Fact]
    public void ALE_OutputsDoNotReachThePins()
    {
        _bench.Bus.Write(Swacnt, 0xFF, 0, afterRead: true);
        _bench.Bus.Write(Swcha, 0x00, 0, afterRead: true);
        _bench.Bus.Write(Swbcnt, 0xFF, 0, afterRead: true);
        _bench.Bus.Write(Swchb, 0x00, 0, afterRead: true);
        ThePortsReadTheirPins();
        Assert.Equal(0xFF, _bench.Bus.Read(Swacnt, 0, 0));
        Assert.Equal(0x00, _bench.Bus.Read(Swbcnt, 0, 0));
    }

    [Theory]
    [InlineData(0x0288)]
    [InlineData(0x0298)]
    [InlineData(0x0380)]
    [InlineData(0x02F8)]
    [InlineData(0x0E80)]
    public void TheRegistersHaveMirrors(int address) => Assert.Equal(0x5A, _bench.Bus.Read(address, 0, 0));

    [Theory]
    [InlineData(0x0294)]
    [InlineData(0x029C)]
    [InlineData(0x02F4)]
    [InlineData(0x0394)]
    public void TheTimerHasMirrors(int address)
    {
        _bench.Bus.Write(address, 77, 0, afterRead: true);
        Assert.Equal(76, _bench.Bus.Read(0x0284, 0, 1));
        Assert.Equal(75, _bench.Bus.Read(0x0286, 0, 2));
        Assert.Equal(74, _bench.Bus.Read(0x029C, 0, 3));
    }

    [Fact]
    public void TheRam_AnswersInEveryMirror()
    {
        for (var address = 0; address < 0x1000; address++)
        {
            if ((address & 0x0080) != 0 && (address & 0x0200) == 0)
            {
                _bench.Ram[address & 0x7F] = (byte)(address * 7);
                Assert.Equal((byte)(address * 7), _bench.Bus.Read(address, 0, 0));
                Assert.Equal((byte)(address * 7), _bench.Bus.Peek(address | 0xE000));
                _bench.Bus.Write(address, 0x99, 0, afterRead: true);
                Assert.Equal(0x99, _bench.Ram[address & 0x7F]);
            }
        }
    }
}
