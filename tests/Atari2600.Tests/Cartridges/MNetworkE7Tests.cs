using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class MNetworkE7Tests
{
    private const int SliceSize = 2048;
    private const int LastSlice = 7 * SliceSize;

    private readonly byte[] _image = TestImages.For(CartridgeScheme.E7);
    private readonly CartridgeRig _rig;

    public MNetworkE7Tests() => _rig = new CartridgeRig(CartridgeScheme.E7, _image);

    [Fact]
    public void AtReset_Slice0AndQuarter0AreSelected_AndRamIsRandom()
    {
        var draws = CartridgeRig.RandomBytes(2 * 2048);
        AssertSlice(0);
        Assert.Equal(draws.AsSpan()[..2048], _rig.Ram);
        Assert.Equal(draws[1024..1280], _rig.ReadRange(0x1900, 256));

        _rig.Read(0x1FE7);
        _rig.Read(0x1FEB);
        _rig.Reset();

        AssertSlice(0);
        Assert.Equal(draws.AsSpan()[2048..], _rig.Ram);
        Assert.Equal(draws[3072..3328], _rig.ReadRange(0x1900, 256));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheFirstHotSpots_SelectSlices(bool byWrite)
    {
        for (var slice = 6; slice >= 0; slice--)
        {
            Access(0x1FE0 + slice, byWrite);
            AssertSlice(slice);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Slice7_IsRam_WrittenBelow_ReadAbove(bool byWrite)
    {
        Access(0x1FE7, byWrite);
        for (var i = 0; i < 1024; i++)
        {
            _rig.Write(0x1000 + i, (byte)(i * 3));
        }

        byte[] expected = [.. Enumerable.Range(0, 1024).Select(i => (byte)(i * 3))];
        Assert.Equal(expected, _rig.ReadRange(0x1400, 1024));

        // Where it is read it cannot be written, and a slice of ROM in its place protects it.
        _rig.Write(0x1400, 0xEE);
        Access(0x1FE3, byWrite);
        _rig.Write(0x1000, 0xEE);
        AssertSlice(3);
        Access(0x1FE7, byWrite);
        Assert.Equal(expected, _rig.ReadRange(0x1400, 1024));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheOtherHotSpots_SelectQuartersOfTheSecondRam(bool byWrite)
    {
        for (var quarter = 0; quarter < 4; quarter++)
        {
            Access(0x1FE8 + quarter, byWrite);
            for (var i = 0; i < 256; i++)
            {
                _rig.Write(0x1800 + i, (byte)(i + (quarter * 16)));
                _rig.Write(0x1900 + i, 0xEE);
            }
        }

        for (var quarter = 3; quarter >= 0; quarter--)
        {
            Access(0x1FE8 + quarter, byWrite);
            Assert.Equal(Enumerable.Range(0, 256).Select(i => (byte)(i + (quarter * 16))), _rig.ReadRange(0x1900, 256));
        }

        Assert.Equal(CartridgeRig.RandomBytes(1024), _rig.Ram[..1024]);
    }

    [Fact]
    public void ReadingTheWriteAddresses_GivesTheLastSlice_AndWritesNothing()
    {
        _rig.Read(0x1FE7);
        var before = _rig.Save();

        Assert.Equal(_image.Part(LastSlice, 1024), _rig.ReadRange(0x1000, 1024));
        Assert.Equal(_image.Part(LastSlice, 256), _rig.ReadRange(0x1800, 256));
        Assert.Equal(before, _rig.Save());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheRestOfTheLastPage_SelectsNothing(bool byWrite)
    {
        var before = _rig.Save();
        foreach (var address in Enumerable.Range(0x1FC0, 0x20).Concat(Enumerable.Range(0x1FEC, 0x14)))
        {
            Access(address, byWrite);
        }

        Assert.Equal(before, _rig.Save());
    }

    [Fact]
    public void TheHotSpots_ReadAsTheLastSlice()
    {
        for (var address = 0x1FC0; address < 0x2000; address++)
        {
            Assert.Equal(_image[LastSlice + (address & 0x7FF)], _rig.Read(address));
        }
    }

    private void Access(int address, bool byWrite)
    {
        if (byWrite)
        {
            _rig.Write(address, 0xFF);
        }
        else
        {
            _rig.Read(address);
        }
    }

    private void AssertSlice(int slice)
    {
        Assert.Equal(_image.Part(slice * SliceSize, SliceSize), _rig.ReadRange(0x1000, SliceSize));
        Assert.Equal(_image.Part(LastSlice + 0x200, 0x5C0), _rig.ReadRange(0x1A00, 0x5C0));
    }
}
