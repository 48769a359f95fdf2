using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class UaLimitedTests
{
    private readonly byte[] _image = TestImages.For(CartridgeScheme.UA);
    private readonly CartridgeRig _rig;

    public UaLimitedTests() => _rig = new CartridgeRig(CartridgeScheme.UA, _image);

    [Fact]
    public void TheHotSpots_SelectByReadAndByWrite_AndTheTiaAnswers()
    {
        AssertBank(0);
        Assert.Equal(CartridgeRig.TiaValue, _rig.Read(0x0240));
        AssertBank(1);
        Assert.Equal(CartridgeRig.TiaValue, _rig.Read(0x0220));
        AssertBank(0);
        _rig.Write(0x0240, 9);
        AssertBank(1);
        _rig.Write(0x0220, 8);
        AssertBank(0);

        Assert.Equal([(0x00, null), (0x20, null), (0x00, (byte?)9), (0x20, (byte?)8)], _rig.TiaAccesses);
    }

    [Fact]
    public void AReset_SelectsBank0()
    {
        _rig.Read(0x0240);
        _rig.Reset();
        AssertBank(0);
    }

    [Theory]
    [InlineData(0x0221)]
    [InlineData(0x023F)]
    [InlineData(0x0241)]
    [InlineData(0x0020)]
    [InlineData(0x0040)]
    [InlineData(0x0320)]
    [InlineData(0x1220)]
    [InlineData(0x1240)]
    public void OtherAddresses_SelectNothing(int address)
    {
        for (var bank = 0; bank < 2; bank++)
        {
            _rig.Read(bank == 0 ? 0x0220 : 0x0240);
            _rig.Read(address);
            _rig.Write(address, 1);
            AssertBank(bank);
        }
    }

    [Fact]
    public void MirrorsBy8KiB_SelectToo()
    {
        _rig.Read(0x2240);
        AssertBank(1);
    }

    private void AssertBank(int bank) => Assert.Equal(_image.Part(bank * 4096, 4096), _rig.ReadRange(0x1000, 4096));
}
